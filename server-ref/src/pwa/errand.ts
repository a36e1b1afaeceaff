import type { Peer, PeerHandler } from '../adapters/peer.ts';
import type { DjustServer } from '../server.ts';

/** Of a frame of the server, what somebody without a page listens to. */
interface Heard {
  readonly type?: string;
  readonly ref?: number;
  readonly ack?: number;
  readonly code?: string;
  /** The session goes by this name from now on; it stays the same one. */
  readonly session?: string;
  readonly ext?: { readonly session: string; readonly ack: number };
}

export interface Mounted {
  /** It is the session that was asked for, whatever it is called by now. */
  readonly isSame: boolean;
  /** Highest ref of the client whose outcome is known. */
  readonly ack: number;
}

/** What no later try changes. */
const FOR_GOOD = ['view/unknown', 'session/denied', 'frame/invalid'];

/** A connection without a socket, for somebody who has no page and only wants to know how it ended. */
export class Errand implements Peer {
  /** All of them together count as one address. */
  readonly address: string = 'errand';
  readonly bufferedBytes: number = 0;
  #handler: PeerHandler | undefined;
  #hear: ((frame: Heard | undefined) => void) | undefined;
  #isClosed = false;
  /** What the session is called. Where browsers keep the record, each change gives it another name. */
  session = '';

  static async begin(server: DjustServer, request: Request): Promise<Errand> {
    const errand = new Errand();
    errand.#handler = await server.connect(errand, request);
    return errand;
  }

  send(text: string): void {
    const frame = JSON.parse(text) as Heard;
    if (frame.type === 'noop' && frame.session !== undefined) this.session = frame.session;
    this.#hear?.(frame);
  }

  /** By the server or by us. May be called twice. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#handler?.closed();
    this.#hear?.(undefined);
  }

  /**
   * Mounts this session, or a new one in its place.
   * @returns why it cannot be: for good, or not now, because the server is full, ends, or cannot render the page
   */
  async ask(session: string | null, mount: object): Promise<Mounted | 'refused' | 'later'> {
    this.session = session ?? '';
    const answer = this.#until((frame) => frame?.type === 'mount' || frame?.type === 'error' || !frame);
    this.#handler?.text(JSON.stringify(mount));
    const { type, code = '', ext } = (await answer) ?? {};
    if (type !== 'mount' || !ext) return FOR_GOOD.includes(code) ? 'refused' : 'later';
    const isSame = ext.session === this.session;
    this.session = ext.session;
    return { isSame, ack: ext.ack };
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
