import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import { checkShape, type EventFrame, type Fault, HINTS, type JsonObject } from '@djust/protocol';
import type { Clock } from '../clock.ts';
import type { Calls } from '../session/calls.ts';
import type { Echo } from '../session/outgoing.ts';
import type { Page } from '../session/page.ts';
import type { Visitor } from '../session/visitor.ts';
import type { Change, View } from '../view/define-view.ts';
import { deltaOf } from './delta.ts';
import { HandlerDelay } from './handler-delay.ts';
import type { SpanHistograms } from './histogram.ts';
import { History, type HistoryNode } from './history.ts';
import { type Lag, LoopLag } from './loop-lag.ts';
import { named, ReasonFinder } from './reasons.ts';
import { type IsSecret, secretsBy } from './redaction.ts';
import { type Reloaded, reloadView } from './reload.ts';
import { type FinishedTrace, traced } from './span.ts';
import { sizeOf } from './state-slice.ts';

/** What a probe may see of its session, and do to it. */
export interface Probed {
  readonly session: { readonly id: string; view: View };
  readonly page: Page;
  readonly visitor: Visitor;
  readonly calls: Calls;
  send(text: string): void;
  /** Runs in the session's queue. */
  spawn(task: () => Promise<void>): Promise<void>;
  /** A change that no event asked for; it is committed and shown like any other. */
  change(run: () => Change<JsonObject>): Promise<void>;
}

/** Hears of each trace in a process: metrics, OpenTelemetry. */
export type OnTrace = (trace: FinishedTrace) => void;

export interface ProbeOptions {
  readonly clock: Clock;
  readonly onTrace?: OnTrace | undefined;
  /** Names of fields whose values the panel must not see. */
  readonly redact?: RegExp | undefined;
  /** Of all sessions. */
  readonly histograms?: SpanHistograms | undefined;
  /** Answers a frame of the panel. Production has none: nobody can ask, and nothing is remembered. */
  readonly answer?: (probe: SessionProbe, frame: JsonObject) => Promise<{ type: string } & Record<string, unknown>>;
}

/** What a template does that it should not, as the log has it. */
export interface ViewWarning {
  readonly code: string;
  readonly at?: string | undefined;
  readonly hint: string;
}

const MOST_BYTES = 16_384;
const MOST_WARNINGS = 50;

/**
 * What the debug panel knows of one session. In development it remembers states, which costs next to nothing, and sends
 * only to a page whose panel is open. In production it measures at most.
 */
export class SessionProbe {
  readonly probed: Probed;
  readonly history: History = new History();
  /** The node that the page shows instead of the head. */
  shown: number | null = null;
  /** Each once, since the session began. */
  readonly warnings: ViewWarning[] = [];
  readonly isSecret: IsSecret;
  /** Of every event of the session, when the panel asks for it. */
  readonly delay: HandlerDelay;
  readonly #options: ProbeOptions;
  readonly #reasons = new ReasonFinder();
  readonly #lag: LoopLag;
  #isSubscribed = false;
  #load: EventLoopUtilization | undefined;

  constructor(probed: Probed, options: ProbeOptions) {
    this.probed = probed;
    this.#options = options;
    this.isSecret = secretsBy(options.redact);
    this.delay = new HandlerDelay(options.clock);
    this.#lag = new LoopLag(options.clock);
  }

  /** The panel of the attached page is open. */
  get isSubscribed(): boolean {
    return this.#isSubscribed;
  }

  set isSubscribed(isOpen: boolean) {
    this.#isSubscribed = isOpen;
    if (!isOpen) this.#lag.stop();
    this.#reasons.watch(isOpen ? this.probed.page : undefined);
  }

  get histograms(): SpanHistograms | undefined {
    return this.#options.histograms;
  }

  /** How the process fares since the last look: its memory, the share of the time that it was at work, how late it was. */
  processNow(): { rss: number; busy: number; lag: Lag | undefined } {
    const now = performance.eventLoopUtilization();
    const { utilization } = this.#load ? performance.eventLoopUtilization(now, this.#load) : now;
    this.#load = now;
    return { rss: process.memoryUsage.rss(), busy: utilization, lag: this.#lag.read() };
  }

  /** The view made a mistake that is logged. */
  warned({ code, at }: Fault): void {
    if (!this.#options.answer || this.warnings.length >= MOST_WARNINGS) return;
    const warning = { code, at, hint: HINTS[code] };
    this.warnings.push(warning);
    if (this.isSubscribed) this.probed.send(JSON.stringify({ type: 'dev:warning', ...warning }));
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  /** The page shows the past; events wait until it shows the present. */
  get isTravelling(): boolean {
    return this.shown !== null;
  }

  /** Another page is attached; its panel says so when it is open. */
  joined(): void {
    this.isSubscribed = false;
    // Whoever comes now has not asked for the past.
    if (this.isTravelling) void this.probed.spawn(() => this.show(undefined));
    this.#remember('mount');
  }

  /** Runs an event; measured when somebody wants to know. */
  run(frame: EventFrame, handle: () => Promise<void>): Promise<void> {
    const run = this.delay.before(handle);
    if (!this.isSubscribed && !this.#options.onTrace) return run();
    const attributes = { view: this.probed.session.view.name, ...(frame.ref !== undefined && { ref: frame.ref }) };
    const tell = (trace: FinishedTrace): void => {
      this.#options.onTrace?.(trace);
      this.histograms?.take(trace);
      if (this.isSubscribed) this.#tellEvent(frame, trace, before);
    };
    const before = this.probed.page.state;
    return traced(frame.event, run, tell, attributes);
  }

  /** The state was committed. */
  changed(echo: Echo, frame?: { event: string; ref?: number | undefined; params?: JsonObject }): void {
    this.#remember(frame?.event ?? echo.source ?? 'change', frame);
    const { page } = this.probed;
    if (this.isSubscribed)
      this.#tellReasons(page.log.replay(page.version - 1, page.version, Number.MAX_SAFE_INTEGER) ?? []);
  }

  /** Why the nodes changed that these frames change. */
  #tellReasons(frames: readonly string[]): void {
    const { page, session, send } = this.probed;
    const found = this.#reasons.find(page, frames);
    if (found.origins.length === 0) return;
    void named(session.view, found).then((reasons) => {
      if (this.isSubscribed) send(JSON.stringify({ type: 'dev:why', ...reasons }));
    });
  }

  /** A frame of the panel; false where nobody answers it. */
  frame(frame: JsonObject): boolean {
    const { answer } = this.#options;
    if (!answer || checkShape(frame)) return false;
    // Behind what runs: an answer about the state is about a state that is committed.
    void this.probed.spawn(async () => {
      const id = typeof frame.id === 'number' ? { id: frame.id } : {};
      const { type, ...fields } = await answer(this, frame);
      this.probed.send(JSON.stringify({ type, ...id, ...fields }));
    });
    return true;
  }

  /** The source of the view has changed. */
  async reload(view: View, file: string): Promise<Reloaded> {
    let reloaded: Reloaded = { kept: true, ms: 0, failed: 'the session has ended' };
    await this.probed.spawn(async () => {
      reloaded = await reloadView(this.probed, view);
      const { ms, ...told } = reloaded;
      if (this.isSubscribed)
        this.probed.send(JSON.stringify({ type: 'dev:reloaded', file, view: view.name, ms: Math.round(ms), ...told }));
    });
    return reloaded;
  }

  /** Shows a state of the past, or with nothing the present. No handler runs, nothing is committed. To be called in the queue. */
  async show(goal: HistoryNode | undefined): Promise<void> {
    const { page, calls, send } = this.probed;
    const frames = await calls.render(page, () => page.pretend(goal?.state));
    this.shown = goal?.node ?? null;
    for (const text of frames) send(text);
    if (!this.isSubscribed) return;
    send(JSON.stringify({ type: 'dev:travel', node: this.shown }));
    this.#tellReasons(frames);
  }

  #remember(name: string, frame?: { ref?: number | undefined; params?: JsonObject }): void {
    if (!this.#options.answer) return;
    const { state } = this.probed.page;
    const { head } = this.history;
    // An event that changes nothing is still one that can be replayed.
    if (head?.state === state && frame?.ref === undefined) return;
    this.history.add({ name, at: this.clock.now(), state, ref: frame?.ref, params: frame?.params });
  }

  #tellEvent({ event, ref }: EventFrame, { startedAt, spans }: FinishedTrace, before: JsonObject): void {
    const state = this.probed.page.state;
    const head = { type: 'dev:event', ref, event, startedAt, stateBytes: sizeOf(state), node: this.history.head?.node };
    const whole = JSON.stringify({ ...head, spans, delta: deltaOf(before, state, this.isSecret) });
    this.probed.send(
      whole.length <= MOST_BYTES ? whole : JSON.stringify({ ...head, spans: spans.slice(0, 20), delta: [] }),
    );
  }
}
