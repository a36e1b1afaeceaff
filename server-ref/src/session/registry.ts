import { LIMITS } from '@djust/protocol';
import type { Clock } from '../clock.ts';
import type { Gone, Seals, SessionRecord } from '../state/store.ts';
import type { View } from '../view/define-view.ts';
import { Session } from './actor.ts';
import type { Opening, Visit } from './context.ts';
import type { Arriving, Departure, SessionHost } from './host.ts';
import { type Claim, Visitor } from './visitor.ts';

/**
 * The sessions of this process. A session without a connection is kept for a while: briefly after the page was
 * rendered, so that its socket can adopt it, longer after a connection was lost, so that it can be resumed.
 */
export class SessionRegistry {
  readonly #host: SessionHost;
  readonly #sessions = new Map<string, Session>();
  /** Rendered and not yet adopted, oldest first. */
  readonly #waiting = new Set<string>();
  /** Without a connection since a while, longest first. */
  readonly #left = new Set<string>();
  readonly #timers = new Map<string, () => void>();
  /** On their way from another process. */
  readonly #coming = new Map<string, Promise<Session | undefined>>();
  readonly #views: ReadonlyMap<string, View>;

  /** @param views  by name: what a session of another process may show */
  constructor(host: SessionHost, views: ReadonlyMap<string, View> = new Map()) {
    this.#host = host;
    this.#views = views;
    host.store.onGone?.((id, why) => this.#storeGaveUp(id, why));
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** For a connection that is there already. @throws MountRefused */
  async open(view: View, opening: Opening): Promise<{ session: Session; html: string }> {
    const opened = await Session.open(this.#host, view, opening);
    this.#sessions.set(opened.session.id, opened.session);
    return opened;
  }

  /** For a page, whose socket is to come. @throws MountRefused */
  async openForPage(view: View, visit: Visit): Promise<{ session: Session; html: string }> {
    const opened = await this.open(view, visit);
    const { id } = opened.session;
    this.#waiting.add(id);
    this.#expire(id, LIMITS.adoptMs);
    this.#cap(this.#waiting, LIMITS.adoptSessions);
    this.#host.store.release?.(id);
    return opened;
  }

  get(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  /**
   * The session, fetched from the store or from what the browser kept when another process had it last.
   * @param name  its id, or its sealed record
   */
  find(name: string, claim: Claim): Session | undefined | Promise<Session | undefined> {
    if (!this.#host.store.isShared) return this.#sessions.get(name);
    const { seals } = this.#host.store;
    const fetch = seals ? this.#unseal(seals, name, claim) : this.#fetch(name, claim);
    const coming = this.#coming.get(name) ?? fetch.finally(() => this.#coming.delete(name));
    this.#coming.set(name, coming);
    return coming;
  }

  async #fetch(id: string, claim: Claim): Promise<Session | undefined> {
    const here = this.#sessions.get(id);
    if (here && (await here.ledger.isOwner())) return here;
    if (here) this.#drop(id, 'moved');
    const { store } = this.#host;
    const record = await this.#load(id, claim);
    // Only who may have it may take it away from another process.
    if (!record || !Visitor.restored(record).claim(claim)) return undefined;
    const taken = await store.take(id);
    return taken && (await this.#arrive({ id, ...taken }));
  }

  /** What was answered elsewhere a moment ago may not be written yet. */
  async #load(id: string, { ext }: Claim): Promise<SessionRecord | undefined> {
    const { store, clock } = this.#host;
    const record = await store.load(id);
    const isCurrent = record && record.lastRef >= ext.acked && record.version >= ext.version;
    if (isCurrent || !store.lagMs) return record;
    await new Promise<void>((go) => clock.after(store.lagMs as number, go));
    return store.load(id);
  }

  async #unseal(seals: Seals, name: string, claim: Claim): Promise<Session | undefined> {
    const sealed = await seals.open(name, (record) => Visitor.restored(record).claim(claim));
    if (!sealed) return undefined;
    const { id, owner, number, record, isOld } = sealed;
    const here = this.#sessions.get(id);
    // What we sealed ourselves, we know since then. A tab that crashed may hand in what it had written down before.
    if (isOld || (here && (here.ledger.token === owner || !here.claim(claim)))) return here;
    if (here) this.#drop(id, 'moved');
    return this.#arrive({ id, token: drawToken(this.#host.clock), record, number });
  }

  /** @throws MountRefused when what was not stored cannot be loaded now */
  async #arrive(arriving: Arriving): Promise<Session | undefined> {
    const view = this.#views.get(arriving.record.view);
    if (!view) return undefined;
    const session = await Session.restore(this.#host, view, arriving);
    if (!session) {
      this.#host.log({ level: 'warn', message: 'a view cannot render a stored state any more', view: view.name });
      return undefined;
    }
    this.#sessions.set(session.id, session);
    this.release(session.id);
    return session;
  }

  /** Those that show a view of this name. */
  showing(name: string): Session[] {
    return [...this.#sessions.values()].filter(({ view }) => view.name === name);
  }

  /** Somebody holds the session now. */
  hold(id: string): void {
    this.#host.store.hold?.(id);
    this.#forgetWait(id);
  }

  #forgetWait(id: string): void {
    this.#waiting.delete(id);
    this.#left.delete(id);
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  /** Nobody holds it any more; it waits to be resumed. */
  release(id: string): void {
    if (!this.#sessions.has(id)) return;
    this.#left.add(id);
    this.#expire(id, LIMITS.resumeMs);
    this.#cap(this.#left, LIMITS.resumeSessions);
    // Last, for the store may give it up at once.
    this.#host.store.release?.(id);
  }

  end(id: string): void {
    this.#forgetWait(id);
    this.#sessions.get(id)?.end();
    this.#sessions.delete(id);
  }

  /** Ends what this person has open: nobody shall take it up. */
  signOut(principalId: string): void {
    for (const [id, { visitor }] of [...this.#sessions]) if (visitor.visit.principal?.id === principalId) this.end(id);
  }

  /** Resolves when all that any session has taken in is done and stored. */
  async answered(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.answered()));
  }

  /** The process ends. What other processes can see goes on there. */
  close(): void {
    for (const id of [...this.#sessions.keys()]) {
      if (this.#host.store.isShared) this.#drop(id, 'moved');
      else this.end(id);
    }
  }

  /** Forgets the session here; its record stays. */
  #drop(id: string, reason: Departure): void {
    this.#forgetWait(id);
    void this.#sessions.get(id)?.leave(reason);
    this.#sessions.delete(id);
    this.#host.store.release?.(id);
  }

  #cap(ids: ReadonlySet<string>, most: number): void {
    if (ids.size > most) this.#giveUp(ids.values().next().value as string);
  }

  #storeGaveUp(id: string, why: Gone): void {
    const session = this.#sessions.get(id);
    // Who is attached writes the whole record again with the next change.
    if (session && !(why === 'ended' && session.isAttached)) this.#drop(id, why);
  }

  /** A connection may have come while an earlier one was still leaving. */
  #giveUp(id: string): void {
    if (this.#sessions.get(id)?.isAttached) this.hold(id);
    else if (this.#host.store.isShared) this.#drop(id, 'ended');
    else this.end(id);
  }

  #expire(id: string, ms: number): void {
    this.#timers.get(id)?.();
    this.#timers.set(
      id,
      this.#host.clock.after(ms, () => this.#giveUp(id)),
    );
  }
}

/** Nobody counts the owners of a session that its browser keeps; so that two are not taken for one, each draws a number. */
const drawToken = (clock: Clock): number => Number.parseInt(clock.id().slice(-13), 16);
