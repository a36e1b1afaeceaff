import type { Peer, PeerHandler } from '../adapters/peer.ts';
import type { DjustServer } from '../server.ts';

/** Of a frame of the server, what somebody without a page listens to. */
interface Heard {
  readonly type?: string;
  readonly ref?: number;
  readonly ack?: number;
  readonly ext?: { readonly session: string; readonly ack: number };
}

/** A connection without a socket, for somebody who has no page and only wants to know how it ended. */
export class Errand implements Peer {
  /** All of them together count as one address. */
  readonly address: string = 'errand';
  readonly bufferedBytes: number = 0;
  #handler: PeerHandler | undefined;
  #hear: ((frame: Heard | undefined) => void) | undefined;
  #isClosed = false;

  static async begin(server: DjustServer, request: Request): Promise<Errand> {
    const errand = new Errand();
    errand.#handler = await server.connect(errand, request);
    return errand;
  }

  send(text: string): void {
    this.#hear?.(JSON.parse(text) as Heard);
  }

  /** By the server or by us. May be called twice. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#handler?.closed();
    this.#hear?.(undefined);
  }

  /** Mounts, and answers the session that came of it; nothing when the server would not. */
  ask(mount: object): Promise<{ session: string; ack: number } | undefined> {
    const answer = this.#until((frame) => frame?.type === 'mount' || frame?.type === 'error' || !frame);
    this.#handler?.text(JSON.stringify(mount));
    return answer.then((frame) => (frame?.type === 'mount' ? frame.ext : undefined));
  }

  /**
   * Sends events and waits for the outcome of the last one, or for the end of the connection.
   * @param mark  highest ref whose outcome is known
   * @returns the new mark, and the refs of those that failed
   */
  async tell(events: readonly { readonly ref: number }[], mark: number): Promise<{ acked: number; failed: number[] }> {
    const last = events.at(-1)?.ref ?? mark;
    const failed = new Set<number>();
    let acked = mark;
    const answered = this.#until((frame) => {
      if (!frame) return true;
      // An answer without `ack` settles its own ref and all before it.
      acked = Math.max(acked, frame.ack ?? frame.ref ?? 0);
      if (frame.type === 'error' && frame.ref !== undefined) failed.add(frame.ref);
      return acked >= last;
    });
    for (const event of events) this.#handler?.text(JSON.stringify(event));
    if (events.length > 0) await answered;
    return { acked, failed: [...failed].sort((a, b) => a - b) };
  }

  /** The first frame of which `test` is true; undefined when the connection is closed. */
  #until(test: (frame: Heard | undefined) => boolean): Promise<Heard | undefined> {
    return new Promise((resolve) => {
      this.#hear = (frame) => {
        if (test(frame)) resolve(frame);
      };
      if (this.#isClosed) resolve(undefined);
    });
  }
}
