import { DjustError, faultOf, LIMITS } from '@djust/protocol';
import { type Clock, systemClock } from '../clock.ts';
import { KeyRing, type SealKey } from './key-ring.ts';
import type { Seals, SessionRecord, StateStore, Unsealed } from './store.ts';

export interface ClientStoreOptions {
  /** The first one seals, all of them open. At most three. */
  readonly keys: readonly SealKey[];
  /** Names the site, or the tenant; another one cannot open what this one sealed. */
  readonly audience?: string;
  /** How long a sealed state is accepted. While a page is open it is sealed anew in good time. Default: `sealMs`. */
  readonly ttlMs?: number;
  /** Bytes of a state before it is sealed. Default, and most: `sealBytes`. */
  readonly maxBytes?: number;
  readonly clock?: Clock;
}

/** What is sealed: short names, for it travels with each answer. */
interface Content {
  readonly i: string;
  readonly o: number;
  readonly n: number;
  readonly u: number;
  readonly r: SessionRecord;
}

/** How many sessions it is known of what was handed in last. */
const REMEMBERED = 10_000;

/**
 * No store at all: the page carries the record, sealed, and hands it back when it connects. It is not compressed: a visitor
 * who can write into a state could learn from its length what else is in it.
 * @throws DjustError config/invalid
 */
export function clientStore(options: ClientStoreOptions): StateStore {
  const { ttlMs = LIMITS.sealMs, clock = systemClock, audience = '' } = options;
  const maxBytes = Math.min(options.maxBytes ?? LIMITS.sealBytes, LIMITS.sealBytes);
  const ring = new KeyRing(options.keys, audience);
  const counts: Record<string, number> = { sealed: 0, opened: 0 };
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  /** By session, the one that was handed in last is last: the number of its seal. */
  const handedIn = new Map<string, number>();

  function isReplay({ i: id, n: number }: Content): boolean {
    const last = handedIn.get(id) ?? 0;
    handedIn.delete(id);
    handedIn.set(id, Math.max(last, number));
    if (handedIn.size > REMEMBERED) handedIn.delete(handedIn.keys().next().value as string);
    return number < last;
  }

  const refused = (why: string): undefined => {
    count(why);
    return undefined;
  };

  const seals: Seals = {
    renewMs: ttlMs / 2,
    async seal({ id, owner, number, record }) {
      const answers = record.answers.slice(-LIMITS.sendWindow);
      const content: Content = { i: id, o: owner, n: number, u: clock.now() + ttlMs, r: { ...record, answers } };
      const text = JSON.stringify(content);
      const bytes = Buffer.byteLength(text);
      if (bytes > maxBytes) throw new DjustError(faultOf('state/too-large', record.view, `${bytes} bytes`));
      count('sealed');
      return ring.seal(text);
    },
    async open(sealed, isTheirs): Promise<Unsealed | undefined> {
      const opened = await ring.open(sealed);
      if (!opened.ok) return refused(opened.why);
      // Nobody but us can have written it.
      const content = JSON.parse(opened.text) as Content;
      if (content.u < clock.now()) return refused('expired');
      if (!isTheirs(content.r)) return refused('foreign');
      const isOld = isReplay(content);
      count(isOld ? 'replayed' : 'opened');
      return { id: content.i, owner: content.o, number: content.n, record: content.r, isOld };
    },
  };

  return {
    isShared: true,
    seals,
    load: () => undefined,
    take: () => undefined,
    commit: () => true,
    isOwner: () => true,
    delete() {},
    stats: () => ({ kind: 'client', counts: { ...counts } }),
    async ping() {},
  };
}
