import { LIMITS } from './config.ts';

/** What we keep in the state of a history entry, beside whatever others keep there. */
export interface Entry {
  /** Names the page that the entry belongs to: several entries of one page differ in their hash or query only. */
  readonly page: string;
  /** Names the entry. */
  readonly key: string;
}

const STORED = 'turbonav:positions';

/** History entries and where the user was on each. */
export class HistoryEntries {
  readonly _positions: Map<string, number>;
  current: Entry;

  constructor() {
    this._positions = stored();
    const entry = entryOf(history.state);
    this.current = entry ?? { page: newName(), key: newName() };
    if (!entry) this._mark();
  }

  /** A new entry; before its page is shown, so that what is written relative to it is read right. */
  push(url: URL): void {
    this.current = { page: newName(), key: newName() };
    history.pushState({ turbonav: this.current }, '', url);
  }

  /** The entry of the page that comes, where there was one already: a redirect of a restored page, a refused form. */
  replace(url: URL): void {
    this.current = { page: newName(), key: this.current.key };
    history.replaceState(merged(this.current), '', url);
  }

  /** A page that is shown again, perhaps under another address: behind a redirect. */
  rename(url: URL): void {
    history.replaceState(merged(this.current), '', url);
  }

  /**
   * Takes in the entry that the user went to. One that we did not make, for a hash or by a script, belongs to the page that
   * is shown when `isShown`, or else to a page that we do not know.
   */
  adopt(isShown: boolean): Entry {
    this.current = entryOf(history.state) ?? { page: isShown ? this.current.page : newName(), key: newName() };
    this._mark();
    return this.current;
  }

  savePosition(): void {
    this._positions.delete(this.current.key);
    this._positions.set(this.current.key, Math.round(scrollY));
    if (this._positions.size > LIMITS.positions) this._positions.delete(this._positions.keys().next().value as string);
  }

  position(): number | undefined {
    return this._positions.get(this.current.key);
  }

  /** For a reload, or a page that the browser loads. */
  store(): void {
    this.savePosition();
    try {
      sessionStorage.setItem(STORED, JSON.stringify([...this._positions]));
    } catch {
      // Full or forbidden: then pages are restored at their top.
    }
  }

  _mark(): void {
    history.replaceState(merged(this.current), '');
  }
}

/** Others keep their state in the same object. */
const merged = (turbonav: Entry): object => ({ ...history.state, turbonav });

function entryOf(state: unknown): Entry | undefined {
  const { page, key } = (state as { turbonav?: Partial<Entry> } | null)?.turbonav ?? {};
  return typeof page === 'string' && typeof key === 'string' ? { page, key } : undefined;
}

const newName = (): string => crypto.getRandomValues(new Uint32Array(2)).join('-');

function stored(): Map<string, number> {
  try {
    const list: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? '[]');
    const isEntry = (item: unknown): item is [string, number] =>
      Array.isArray(item) && typeof item[0] === 'string' && typeof item[1] === 'number';
    return new Map(Array.isArray(list) ? list.filter(isEntry).slice(-LIMITS.positions) : []);
  } catch {
    return new Map();
  }
}
