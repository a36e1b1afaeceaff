import { TAP, type TapData, type TapHub, type TapPort, type TapWire } from '@djust/protocol';
import type { Clock } from './clock.ts';
import { CAPS } from './model/caps.ts';
import { Digest } from './model/digest.ts';
import type { Mark } from './model/entries.ts';
import type { EventDetail, Outcome, RawEntry } from './model/raw.ts';
import { TraceStore } from './model/trace-store.ts';
import { ReadingTimes } from './reading-times.ts';

/** Passes on what shall travel, now, later, twice or not at all. The network simulator is one. */
export interface Shaper {
  out(text: TapData, pass: (data: TapData, mark?: Mark) => boolean): boolean;
  in(text: string, pass: (text: string, mark?: Mark) => void): void;
}

interface PatchedDetail {
  readonly version: number;
  readonly touched: number;
  readonly added: readonly Node[];
  readonly removed: readonly Node[];
}

/** Frames between the panel and a development server; the client never sees them. */
const OWN = '{"type":"dev:';
/** What a server tells of each event and patch: as many as there are of these, so they wait until the page is idle too. */
const TOLD = '{"type":"dev:event"';
const WHY = '{"type":"dev:why"';
const SLICE_MS = 3;

type Untimed<E = RawEntry> = E extends RawEntry ? Omit<E, 'at'> & { at?: number } : never;

/**
 * Writes down what the client does: frames by the tap, the rest by the events that it dispatches on the document. At that
 * moment it keeps references only; they are digested when the page is idle.
 */
export class Recorder implements TapPort {
  readonly store: TraceStore = new TraceStore();
  readonly digest: Digest = new Digest(this.store);
  /** Bends what travels. */
  shaper: Shaper | undefined;
  /** Takes the frames of a development server for the panel. */
  onOwnFrame: (text: string) => void = () => {};
  /** Hears of a new connection and its end. */
  onWire: (wire: TapWire | undefined) => void = () => {};
  /** Hears that something was digested. */
  onDigest: () => void = () => {};
  isPaused = false;
  wire: TapWire | undefined;
  /** The parameters of what the panel itself sends. */
  readonly replayed: WeakSet<object> = new WeakSet();
  readonly #clock: Clock;
  #raw: RawEntry[] = [];
  readonly #times: ReadingTimes;
  #isPainting = false;
  /** There while somebody looks: ends the listeners that run in the middle of a patch. */
  #watching: AbortController | undefined;
  #url = '';

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#times = new ReadingTimes(clock, (leftMs) => this.#digestSlice(leftMs));
  }

  /** Begins to listen; ends with the signal. */
  start(signal: AbortSignal): void {
    const page = globalThis as { [TAP]?: TapHub };
    page[TAP] ??= {};
    const hub = page[TAP];
    hub.port = this;
    this.wire = hub.wire;
    signal.addEventListener('abort', () => {
      if (hub.port === this) hub.port = undefined;
      this.watch(false);
    });
    this.#page('load');
    this.#listen(signal);
  }

  /** What is held, with all that happened up to now in it. */
  flush(): TraceStore {
    for (const entry of this.#raw.splice(0)) this.digest.take(entry);
    return this.store;
  }

  /** Lets what happens wait, until what an earlier page left is read. */
  holdUntil(ready: Promise<unknown>): void {
    this.#times.holdUntil(ready);
  }

  opened(wire: TapWire): void {
    this.wire = wire;
    this.onWire(wire);
  }

  sent(wire: TapWire, data: TapData): boolean {
    const pass = (passed: TapData, mark?: Mark): boolean => {
      const kind = 'out';
      const { id: connection, way } = wire;
      const at = this.#clock.now();
      if (typeof passed === 'string') this.write({ at, kind, text: passed, connection, way, mark });
      else this.write({ at, kind, text: hexHead(passed), bytes: passed.length, connection, way, mark });
      return mark === 'dropped' || wire.transmit(passed);
    };
    return this.shaper ? this.shaper.out(data, pass) : pass(data);
  }

  received(wire: TapWire, text: string): void {
    if (text.startsWith(OWN)) {
      if (text.startsWith(TOLD)) return this.write({ kind: 'told', text });
      if (text.startsWith(WHY)) return this.write({ kind: 'more', text });
      return this.onOwnFrame(text);
    }
    const pass = (passed: string, mark?: Mark): void => {
      const at = this.#clock.now();
      this.write({ at, kind: 'in', text: passed, connection: wire.id, way: wire.way, mark });
      if (mark === 'dropped') return;
      wire.deliver(passed);
      // The client has put it in place when it comes back: told so without a listener in any patch.
      if (!this.#watching) this.write({ kind: 'delivered', from: at });
    };
    if (this.shaper) this.shaper.in(text, pass);
    else pass(text);
  }

  closed(_wire: TapWire, code: number, reason: string): void {
    this.wire = undefined;
    this.write({ kind: 'closed', code, reason });
    this.onWire(undefined);
  }

  /** Whether patches and paints are measured one by one. A page whose panel is closed patches as if there were none. */
  watch(isWatched: boolean): void {
    this.#watching?.abort();
    this.#watching = isWatched ? new AbortController() : undefined;
    this.#times.isWatched = isWatched;
    const hub = (globalThis as { [TAP]?: TapHub })[TAP];
    if (hub)
      hub.worker = isWatched ? (direction, message) => this.write({ kind: 'worker', direction, message }) : undefined;
    if (!this.#watching) return;
    this.#times.soon();
    const { signal } = this.#watching;
    void import('./explain.ts').then(({ explain }) => explain(this, signal));
    document.addEventListener(
      'djust:before-patch',
      (event) => {
        const { version } = (event as CustomEvent<{ version: number }>).detail;
        this.write({ kind: 'patching', version });
      },
      { signal },
    );
    document.addEventListener(
      'djust:patched',
      (event) => {
        const { version, touched, added, removed } = (event as CustomEvent<PatchedDetail>).detail;
        const [came, went] = [added.length, removed.length];
        this.write({ kind: 'patched', version, touched, added: came, removed: went });
        this.#measurePaint();
      },
      { signal },
    );
  }

  #listen(signal: AbortSignal): void {
    const on = <D>(name: string, listen: (detail: D) => void): void =>
      document.addEventListener(name, (event) => listen((event as CustomEvent<D>).detail), { signal });
    on<EventDetail>('djust:before-event', (detail) =>
      this.write({ kind: 'intent', detail, replayed: this.replayed.has(detail.params) }),
    );
    on<EventDetail>('djust:event-queued', (detail) => this.write({ kind: 'queued', detail }));
    on<EventDetail & { outcome: Outcome }>('djust:event-settled', (detail) =>
      this.write({ kind: 'settled', detail, outcome: detail.outcome }),
    );
    on<{ from: string; phase: string }>('djust:phase-changed', ({ from, phase }) =>
      this.write({ kind: 'phase', from, to: phase }),
    );
    on<{ root: Element; outcome: string }>('djust:view-mounted', ({ root, outcome }) => {
      this.#page('navigation');
      this.write({ kind: 'view', name: root.getAttribute('dj-view') ?? '', outcome });
    });
  }

  /** Another address is another page, whoever brought it. */
  #page(how: 'load' | 'navigation'): void {
    const { href, pathname, search } = location;
    if (href === this.#url) return;
    this.#url = href;
    this.write({ kind: 'page', url: pathname + search, how });
  }

  #measurePaint(): void {
    // One paint shows whatever was put in place before it.
    if (this.#isPainting) return;
    this.#isPainting = true;
    // A message that is posted in a frame is answered behind its paint.
    requestAnimationFrame(() => {
      this.#isPainting = false;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        this.write({ kind: 'painted' });
      };
      port2.postMessage(0);
    });
  }

  /** Runs in the middle of a patch: it takes a reference, and nothing else. */
  write(what: Untimed): void {
    const entry = { at: this.#clock.now(), ...what };
    if (this.isPaused && entry.kind !== 'page' && entry.kind !== 'view') return;
    this.#raw.push(entry);
    // A page that is never idle pays as it goes: two old ones for each new one, never all at once.
    if (this.#raw.length > CAPS.rawEntries) for (const old of this.#raw.splice(0, 2)) this.digest.take(old);
    this.#times.wrote(entry.at);
  }

  #digestSlice(leftMs: () => number): void {
    const endsAt = this.#clock.now() + Math.min(SLICE_MS, Math.max(1, leftMs()));
    let at = 0;
    while (at < this.#raw.length && this.#clock.now() < endsAt) this.digest.take(this.#raw[at++] as RawEntry);
    this.#raw.splice(0, at);
    if (this.#raw.length > 0) this.#times.soon();
    this.onDigest();
  }
}

/** The first bytes of an upload, as people read bytes. */
function hexHead(bytes: Uint8Array): string {
  const head = Array.from(bytes.subarray(0, 64), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > 64 ? `${head} …` : head;
}
