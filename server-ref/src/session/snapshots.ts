import { createHash } from 'node:crypto';
import { type JsonObject, LIMITS } from '@djust/protocol';
import { KeyRing, type Opened, type SealKey } from '../state/key-ring.ts';
import { FIRST_TOKEN } from '../state/store.ts';
import type { View } from '../view/define-view.ts';
import type { Visit } from './context.ts';
import type { SessionHost } from './host.ts';

export interface SnapshotOptions {
  /** The first one seals, all of them open; at most three, the same on all nodes. */
  readonly keys: readonly SealKey[];
  /** Names the site, or the tenant; another one cannot open what this one sealed. */
  readonly audience?: string;
  /** Names what the states look like; states of another build are not restored. */
  readonly build?: string;
  /** How long a page may be away. Default: 5 minutes. */
  readonly maxAgeMs?: number;
}

/** Whose it is: the person, and the name of the session, which a sign-out changes. */
export interface Owner {
  readonly principalId: string | null;
  readonly epoch: string;
}

/** Which page asks for its state. */
export type Asked = Pick<Visit, 'url' | 'params'> & { readonly view: View };

/** Those of one visitor, as a connection uses them. */
export interface KeptStates {
  /** The state that a page has brought, if it is still good. */
  open(sealed: string, asked: Asked): Promise<JsonObject | undefined>;
  /** A page that named a session, or brought a state, has got another session; it will ask under the name that it knows. */
  rename(name: string, session: string): void;
}

interface Sealed extends Pick<Visit, 'url' | 'params'> {
  /** Known once it was used. */
  readonly id: string;
  readonly at: number;
  /** What the server may still hold, and then knows better. */
  readonly session: string;
  readonly state: JsonObject;
}

/** Why a page mounts anew although it brought a state. */
type Refusal = Extract<Opened, { ok: false }>['why'] | 'expired' | 'other-page' | 'used';

/**
 * States of pages that were left, sealed for the browser to keep. A page that comes back brings its own along; it is good
 * for one time, for the same person in the same session, for the same address, and for a few minutes.
 */
export class Snapshots {
  readonly #host: SessionHost;
  readonly #views: ReadonlyMap<string, View>;
  readonly #ring: KeyRing;
  readonly #build: string;
  readonly #maxAgeMs: number;
  /** Those that were used → when that no longer matters. In the order in which they were. */
  readonly #used = new Map<string, number>();
  /** By what the page still calls it, as a hash: the session that it has since. Longest ago first. */
  readonly #renamed = new Map<string, string>();

  constructor(host: SessionHost, views: ReadonlyMap<string, View>, options: SnapshotOptions) {
    this.#host = host;
    this.#views = views;
    this.#ring = new KeyRing(options.keys, options.audience ?? '');
    this.#build = options.build ?? '';
    this.#maxAgeMs = options.maxAgeMs ?? LIMITS.snapshotMs;
  }

  /** @param owner  asked each time: who is signed in may have changed since the connection was opened */
  of(owner: () => Promise<Owner>): KeptStates {
    return {
      open: async (sealed, asked) => this.open(sealed, await owner(), asked),
      rename: (name, session) => {
        this.#renamed.set(hashOf(name), session);
        if (this.#renamed.size > LIMITS.snapshotsUsed)
          this.#renamed.delete(this.#renamed.keys().next().value as string);
      },
    };
  }

  /** The state of a session of this owner; nothing when there is none, when its view restores none, or when it is too large. */
  async seal(name: string, owner: Owner): Promise<string | undefined> {
    const { clock, store } = this.#host;
    const session = this.#renamed.get(hashOf(name)) ?? name;
    const record = await store.load(session);
    const view = record && this.#views.get(record.view);
    if (!view?.restore || record?.principalId !== owner.principalId) return undefined;
    const { url, params, state } = record;
    const plain = JSON.stringify({ id: clock.id(), at: clock.now(), session, url, params, state } satisfies Sealed);
    const bytes = Buffer.byteLength(plain);
    if (bytes > LIMITS.sealBytes) return this.#tooLarge(view, bytes);
    return this.#ring.seal(plain, this.#purpose(view, owner));
  }

  /** The state that a page has brought; nothing when it has to mount anew. */
  async open(sealed: string, owner: Owner, asked: Asked): Promise<JsonObject | undefined> {
    // The name of a session has no dot.
    if (!asked.view.restore || !sealed.includes('.')) return undefined;
    const opened = await this.#ring.open(sealed, this.#purpose(asked.view, owner));
    if (!opened.ok) return this.#refuse(asked, opened.why);
    const { id, at, session, url, params, state } = JSON.parse(opened.text) as Sealed;
    // Nodes do not agree to the second what time it is.
    if (Math.abs(this.#host.clock.now() - at) > this.#maxAgeMs) return this.#refuse(asked, 'expired');
    if (url !== asked.url || !isSame(params, asked.params)) return this.#refuse(asked, 'other-page');
    if (!(await this.#isFirst(id, at))) return this.#refuse(asked, 'used');
    const record = await this.#host.store.load(session);
    return record?.view === asked.view.name && record.principalId === owner.principalId ? record.state : state;
  }

  /** What it is sealed for. Somebody else, another view or another build cannot open it. */
  #purpose({ name }: View, { principalId, epoch }: Owner): string {
    return JSON.stringify(['snapshot', name, this.#build, principalId, epoch]);
  }

  async #isFirst(id: string, at: number): Promise<boolean> {
    const { clock, store } = this.#host;
    for (const [used, until] of this.#used) {
      if (until > clock.now()) break;
      this.#used.delete(used);
    }
    // With no room to remember it, it cannot be known whether it comes again.
    if (this.#used.has(id) || this.#used.size >= LIMITS.snapshotsUsed) return false;
    this.#used.set(id, at + this.#maxAgeMs);
    if (!store.isShared) return true;
    // Whoever takes the mark first is the second owner of it, on all nodes.
    const mark = `snapshot-${id}`;
    const nothing = { view: '', url: '', params: {}, principalId: null, clientId: null, state: {}, version: 0 };
    const record = { ...nothing, lastRef: 0, answers: [], topics: [], presences: [] };
    if (!(await store.commit(mark, record, FIRST_TOKEN))) return false;
    return (await store.take(mark))?.token === FIRST_TOKEN + 1;
  }

  #refuse({ view }: Asked, reason: Refusal): undefined {
    this.#host.log({ level: 'info', message: 'state of a kept page not restored', view: view.name, reason });
  }

  #tooLarge({ name }: View, bytes: number): undefined {
    this.#host.log({ level: 'warn', message: 'state too large to be kept by the browser', view: name, bytes });
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');

function isSame(one: Visit['params'], other: Visit['params']): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
