import { LIMITS } from '@djust/protocol';
import type { View } from '../view/define-view.ts';
import { Session } from './actor.ts';
import type { Opening, Visit } from './context.ts';
import type { Departure, SessionHost } from './host.ts';
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
    return opened;
  }

  get(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  /** The session, fetched from the store when another process had it last. */
  find(id: string, claim: Claim): Session | undefined | Promise<Session | undefined> {
    if (!this.#host.store.isShared) return this.#sessions.get(id);
    const coming = this.#coming.get(id) ?? this.#fetch(id, claim).finally(() => this.#coming.delete(id));
    this.#coming.set(id, coming);
    return coming;
  }

  async #fetch(id: string, claim: Claim): Promise<Session | undefined> {
    const here = this.#sessions.get(id);
    if (here && (await here.isOwner())) return here;
    if (here) this.#drop(id, 'moved');
    const { store } = this.#host;
    const record = await store.load(id);
    // Only who may have it may take it away from another process.
    if (!record || !Visitor.restored(record).claim(claim)) return undefined;
    const taken = await store.take(id);
    const view = taken && this.#views.get(taken.record.view);
    if (!view) return undefined;
    const session = Session.restore(this.#host, view, id, taken);
    this.#sessions.set(id, session);
    this.release(id);
    return session;
  }

  /** Those that show a view of this name. */
  showing(name: string): Session[] {
    return [...this.#sessions.values()].filter(({ view }) => view.name === name);
  }

  /** Somebody holds the session now. */
  hold(id: string): void {
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
  }

  end(id: string): void {
    this.hold(id);
    this.#sessions.get(id)?.end();
    this.#sessions.delete(id);
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
    this.hold(id);
    void this.#sessions.get(id)?.leave(reason);
    this.#sessions.delete(id);
  }

  #cap(ids: ReadonlySet<string>, most: number): void {
    if (ids.size > most) this.#giveUp(ids.values().next().value as string);
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
