import { LIMITS, type ServerFrame } from '@djust/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { type Rig, rig, shownFor, type TestClient } from '../../test/rig.ts';
import { type Counter, counter, schemaOf } from '../../test/views.ts';
import { on } from '../view/define-view.ts';

type EventName = 'ok' | 'slow' | 'fail' | 'fail_later' | 'same' | 'bad';

/** What happens to a client: it sends events, its line is lost with some frames unread, time passes, it asks for the page. */
type Step =
  | { kind: 'send'; names: readonly EventName[]; reads: boolean }
  | { kind: 'lose'; read: number }
  /** `isLate`: its timers do not fire in time. */
  | { kind: 'wait'; ms: number; isLate: boolean }
  | { kind: 'recover'; reads: boolean };

const anyName = fc.constantFrom<EventName[]>('ok', 'ok', 'ok', 'slow', 'fail', 'fail_later', 'same', 'bad');

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      names: fc.oneof(
        { weight: 4, arbitrary: fc.array(anyName, { minLength: 1, maxLength: 12 }) },
        // Around the burst that the rate limit allows: the last ones are refused.
        { weight: 1, arbitrary: fc.array(anyName, { minLength: 57, maxLength: 61 }) },
      ),
      reads: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('lose' as const), read: fc.constantFrom(0, 0, 1, 2, 5, 100) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 20, 500, 5_000),
      isLate: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('recover' as const), reads: fc.boolean() }) },
);

const label = schemaOf((value) => String((value as { label?: unknown }).label));

const view = counter({
  events: {
    ok: on(label, (state, name) => ({ names: [...state.names, name] })),
    slow: on(label, async (state, name) => {
      await new Promise((resolve) => setImmediate(resolve));
      return { names: [...state.names, name] };
    }),
    fail: () => {
      throw new Error('failed');
    },
    fail_later: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('failed');
    },
    same: () => undefined,
  },
});

interface Sent {
  ref: number;
  name: string;
  label: string;
}

/** The queue of a real client in few lines: refs without gaps, an event is open until its outcome is known. */
class Model {
  readonly rig: Rig = rig(view);
  readonly outcomes = new Map<number, 'done' | 'refused'>();
  client!: TestClient;
  #open: Sent[] = [];
  #lastRef = 0;
  #acked = 0;
  #resendAt = Number.POSITIVE_INFINITY;
  #session: string | null = null;
  /** In the order in which they were sent. */
  readonly sent: Sent[] = [];

  async connect(): Promise<void> {
    const before = this.client as TestClient | undefined;
    this.client = await this.rig.connect();
    if (before) Object.assign(this.client, { page: before.page, version: before.version });
    const marks = { version: this.client.version, ref: this.#lastRef, acked: this.#acked };
    let frames = await this.client.mount({ ext: { session: this.#session, ...marks } });
    // The session may have something to finish first.
    for (let round = 0; frames.length === 0 && round < 500; round++) frames = await this.client.received();
    const { session } = (frames[0] as { ext: { session: string } }).ext;
    expect(session).toBe(this.#session ?? session);
    this.#session = session;
    this.#take(frames);
    await this.#flush([...this.#open]);
  }

  async send(names: readonly string[], reads: boolean): Promise<void> {
    const events = names.map((name) => ({ ref: ++this.#lastRef, name, label: `${name} ${this.#lastRef}` }));
    this.sent.push(...events);
    this.#open.push(...events);
    await this.#flush(events, reads);
  }

  /** The line breaks when `read` of the frames on their way have arrived. */
  async lose(read: number): Promise<void> {
    await settled();
    this.client.peer.cut(this.client.seen + read);
    this.#take(await this.client.received());
    await this.client.drop();
    await this.connect();
  }

  async wait(ms: number, isLate: boolean): Promise<void> {
    await this.rig.clock.advance(ms);
    if (isLate) return;
    this.#take(await this.client.received());
    if (this.rig.clock.now() >= this.#resendAt) await this.#flush([...this.#open]);
  }

  async recover(reads: boolean): Promise<void> {
    this.client.post([{ type: 'request_html' }]);
    if (reads) this.#take(await this.client.received());
  }

  get isSettled(): boolean {
    return this.#open.length === 0;
  }

  async #flush(events: readonly Sent[], reads = true): Promise<void> {
    if (events.length === this.#open.length) this.#resendAt = Number.POSITIVE_INFINITY;
    const frames = events.map(({ ref, name, label }) => {
      // The guard refuses the frame of a bad event for its key.
      return { type: 'event', event: name, params: name === 'bad' ? { constructor: 1 } : { label }, ref };
    });
    if (!reads) return this.client.post(frames);
    this.#take(await this.client.burst(frames));
    if (this.client.closedWith === undefined) return;
    // The third strike. A client waits and comes back.
    await this.rig.clock.advance(1_000);
    await this.client.drop();
    await this.connect();
  }

  #take(frames: readonly ServerFrame[]): void {
    for (const frame of frames) {
      if (frame.type === 'rate_limit_exceeded') this.#resendAt = this.rig.clock.now() + (frame.retry_after_ms ?? 0);
      if ('ref' in frame && typeof frame.ref === 'number')
        this.#settle(frame.ref, frame.type === 'error' ? 'refused' : 'done');
      if (frame.type === 'error') continue;
      // An answer without a mark settles its own ref and all before it.
      const { ack, ref: answered } = frame as { ack?: number; ref?: number };
      const mark = ack ?? answered ?? 0;
      for (const { ref } of this.#open.filter((open) => open.ref <= mark)) this.#settle(ref, 'done');
      this.#acked = Math.max(this.#acked, mark);
    }
  }

  #settle(ref: number, outcome: 'done' | 'refused'): void {
    if (!this.outcomes.has(ref)) this.outcomes.set(ref, outcome);
    this.#open = this.#open.filter((open) => open.ref !== ref);
  }
}

it('whatever is lost, each event takes effect once and in order, or its sender is told that it did not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 3, maxLength: 12 }), async (steps) => {
      const model = new Model();
      await model.connect();
      for (const step of steps) {
        if (step.kind === 'send') await model.send(step.names, step.reads);
        else if (step.kind === 'lose') await model.lose(step.read);
        else if (step.kind === 'wait') await model.wait(step.ms, step.isLate);
        else await model.recover(step.reads);
      }
      for (let round = 0; round < 50 && !model.isSettled; round++) {
        await model.wait(LIMITS.strikeForgivenMs / 10, false);
        await model.lose(1_000);
      }
      expect(model.isSettled).toBe(true);

      const took = model.sent.filter(({ ref, name }) => {
        return (name === 'ok' || name === 'slow') && model.outcomes.get(ref) === 'done';
      });
      const state: Counter = { count: 0, names: took.map(({ label }) => label) };
      expect(model.client.shown).toBe(shownFor(view, state));
      for (const { ref, name } of model.sent) {
        const outcome = model.outcomes.get(ref);
        expect([ref, outcome]).not.toEqual([ref, undefined]);
        if (name.startsWith('fail') || name === 'bad') expect([ref, outcome]).toEqual([ref, 'refused']);
      }
    }),
    { numRuns: Number(process.env.DJUST_RUNS ?? 60) },
  );
}, 60_000);
