import { LIMITS } from './config.ts';
import { remember } from './pages.ts';

/** What we keep in the state of a history entry, beside whatever others keep there. */
export interface Entry {
  /** Names the page that the entry belongs to: several entries of one page differ in their hash or query only. */
  readonly page: string;
  /** Names the entry. */
  readonly key: string;
  /** Where the user was when the entry, or the document, was left. */
  readonly y?: number;
}

/** History entries and where the user was on each. */
export class HistoryEntries {
  readonly _positions: Map<string, number> = new Map();
  current: Entry = entryOf(history.state) ?? { page: newName(), key: newName() };

  constructor() {
    this.write(this.current);
  }

  /**
   * The entry of a new page: another one, or in the place of the current one. It comes before the page, so that what is
   * written relative to its address is read right.
   */
  enter(url: URL, isReplaced: boolean): void {
    this.store();
    this.current = { page: newName(), key: newName() };
    if (isReplaced) this.write(this.current, url);
    else history.pushState({ turbonav: this.current }, '', url);
  }

  /**
   * Takes in the entry that the user went to. One that we did not make, for a hash or by a script, belongs to the page that
   * is shown when `isShown`, or else to a page that we do not know. The page has not moved yet: where it is, the user was on
   * the entry that he left, which can only be remembered.
   */
  adopt(isShown: boolean): Entry {
    remember(this._positions, this.current.key, scrollY, LIMITS.positions);
    this.current = entryOf(history.state) ?? { page: isShown ? this.current.page : newName(), key: newName() };
    this.write(this.current);
    return this.current;
  }

  /** Where the user was on the current entry. */
  position(): number | undefined {
    const { key, y } = this.current;
    return this._positions.get(key) ?? y;
  }

  /** For the way back. */
  store(): void {
    this._positions.delete(this.current.key);
    this.write({ ...this.current, y: scrollY });
  }

  /** Others keep their state in the same object. */
  write(turbonav: Entry, url?: URL): void {
    history.replaceState({ ...history.state, turbonav }, '', url);
  }
}

function entryOf(state: unknown): Entry | undefined {
  const { turbonav } = (state ?? {}) as { turbonav?: Partial<Entry> };
  return typeof turbonav?.page === 'string' && typeof turbonav.key === 'string' ? (turbonav as Entry) : undefined;
}

const newName = (): string => Math.random().toString(36).slice(2);
