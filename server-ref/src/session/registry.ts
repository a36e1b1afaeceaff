import { LIMITS } from '@djust/protocol';
import type { View } from '../view/define-view.ts';
import { Session } from './actor.ts';
import type { Visit } from './context.ts';
import type { SessionHost } from './host.ts';

/**
 * The sessions of this process. A session without a connection is kept for a while: briefly after the page was
 * rendered, so that its socket can adopt it, longer after a connection was lost, so that it can be resumed.
 */
export class SessionRegistry {
  readonly #host: SessionHost;
  readonly #sessions = new Map<string, Session>();
  /** Rendered and not yet adopted, oldest first. */
  readonly #waiting = new Set<string>();
  readonly #timers = new Map<string, () => void>();

  constructor(host: SessionHost) {
    this.#host = host;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** @throws MountRefused */
  async open(view: View, visit: Visit): Promise<{ session: Session; html: string }> {
    const opened = await Session.open(this.#host, view, visit);
    const { id } = opened.session;
    this.#sessions.set(id, opened.session);
    this.#waiting.add(id);
    this.#expire(id, LIMITS.adoptMs);
    if (this.#waiting.size > LIMITS.adoptSessions) this.end(this.#waiting.values().next().value as string);
    return opened;
  }

  get(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  /** Somebody holds the session now. */
  hold(id: string): void {
    this.#waiting.delete(id);
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  /** Nobody holds it any more; it waits to be resumed. */
  release(id: string): void {
    if (this.#sessions.has(id)) this.#expire(id, LIMITS.resumeMs);
  }

  end(id: string): void {
    this.hold(id);
    this.#sessions.get(id)?.end();
    this.#sessions.delete(id);
  }

  endAll(): void {
    for (const id of [...this.#sessions.keys()]) this.end(id);
  }

  #expire(id: string, ms: number): void {
    this.#timers.get(id)?.();
    this.#timers.set(
      id,
      this.#host.clock.after(ms, () => this.end(id)),
    );
  }
}
