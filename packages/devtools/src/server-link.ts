import type { TapWire } from '@djust/protocol';
import type { Clock } from './clock.ts';

/** A frame of the debug protocol: its type begins with `dev:`. */
export type DevFrame = { type: string; id?: number } & Record<string, unknown>;

/** What a request came to. */
export type DevAnswer = { ok: true; frame: DevFrame } | { ok: false; reason: string };

const ANSWER_MS = 10_000;
const MOST_OPEN = 50;

/**
 * Speaks with the probe of a development server, over the connection of the page. A server that knows nothing of it
 * answers an error or nothing; then the panel shows what can be seen from the browser.
 */
export class ServerLink {
  /** What the server said of itself and the view; undefined while there is no subscription. */
  welcome: DevFrame | undefined;
  /** What the templates of the view do wrong, each once; the server tells fifty at most. */
  warnings: Record<string, unknown>[] = [];
  /** Hears of frames that nobody asked for. */
  onFrame: (frame: DevFrame) => void = () => {};
  readonly #clock: Clock;
  readonly #open = new Map<number, (answer: DevAnswer) => void>();
  #wire: TapWire | undefined;
  #nextId = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Another connection, or none. Whoever still waits is told so. */
  use(wire: TapWire | undefined): void {
    this.#wire = wire;
    this.welcome = undefined;
    for (const settle of [...this.#open.values()]) settle({ ok: false, reason: 'The connection was lost.' });
    this.#open.clear();
  }

  get isSubscribed(): boolean {
    return this.welcome !== undefined;
  }

  /** Asks the server for debug frames of this session; not one that does not say in its first frame that it has them. */
  async subscribe(): Promise<boolean> {
    if (!/"dev":1[,}]/.test(this.#wire?.first ?? '')) return false;
    const answer = await this.request({ type: 'dev:subscribe' });
    this.welcome = answer.ok ? answer.frame : undefined;
    if (answer.ok && Array.isArray(answer.frame.warnings)) this.warnings = answer.frame.warnings;
    return answer.ok;
  }

  unsubscribe(): void {
    if (this.welcome) this.#wire?.transmit(JSON.stringify({ type: 'dev:unsubscribe' }));
    this.welcome = undefined;
  }

  request(frame: DevFrame): Promise<DevAnswer> {
    const wire = this.#wire;
    if (!wire) return Promise.resolve({ ok: false, reason: 'There is no connection.' });
    // Another server would answer each with an error, or never.
    if (!this.welcome && frame.type !== 'dev:subscribe')
      return Promise.resolve({ ok: false, reason: 'This server tells nothing of its inside.' });
    if (this.#open.size >= MOST_OPEN) return Promise.resolve({ ok: false, reason: 'Too many requests are open.' });
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const settle = (answer: DevAnswer): void => {
        cancel();
        this.#open.delete(id);
        resolve(answer);
      };
      const cancel = this.#clock.after(ANSWER_MS, () => settle({ ok: false, reason: 'The server did not answer.' }));
      this.#open.set(id, settle);
      // `type` first: by it either side knows such a frame without reading the rest.
      const { type, ...fields } = frame;
      if (!wire.transmit(JSON.stringify({ type, ...fields, id }))) {
        settle({ ok: false, reason: 'There is no connection.' });
      }
    });
  }

  /** A frame from the server whose type begins with `dev:`. */
  take(text: string): void {
    let frame: DevFrame;
    try {
      frame = JSON.parse(text) as DevFrame;
    } catch {
      return;
    }
    const settle = typeof frame.id === 'number' ? this.#open.get(frame.id) : undefined;
    if (frame.type === 'dev:warning') this.warnings.push(frame);
    if (!settle) return this.onFrame(frame);
    settle(frame.type === 'dev:refused' ? { ok: false, reason: String(frame.reason) } : { ok: true, frame });
  }
}
