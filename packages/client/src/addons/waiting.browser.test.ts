import { LIMITS } from '@djust/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { FakeTransport } from '../../test/fake-transport.ts';
import { type Client, newClient } from '../client.ts';
import { applyPatches } from '../dom/apply.ts';
import { morphContent } from '../dom/morph.ts';
import type { EventOutcome } from '../emitter.ts';
import { durable } from '../features/durable.ts';
import { loading } from '../features/loading.ts';
import { notices } from '../features/notices.ts';
import { DurableRunner } from '../session/durable.ts';
import { waiting } from './waiting.ts';

let clock: FakeClock;
let transport: FakeTransport;
let client: Client;
/** What the page was told, in its order. */
let settled: [event: string, end: string][];
let errors: string[];

const HTML = `
  <button dj-click="plain">plain</button>
  <button dj-click="drop" dj-outbox="drop">drop</button>
  <button dj-click="latest" dj-outbox="latest">latest</button>
  <button dj-click="row" dj-value-row="1" dj-outbox="coalesce:row">row 1</button>
  <button dj-click="row" dj-value-row="2" dj-outbox="coalesce:row">row 2</button>
  <button dj-click="ask" dj-outbox="confirm" dj-confirm="Still?">ask</button>
  <button dj-click="short" dj-outbox="queue" dj-outbox-seconds="60">short</button>
  <button dj-click="month" dj-outbox="queue" dj-outbox-seconds="2592000">month</button>`;

/** A page over a server with all extensions, live. */
beforeEach(() => {
  clock = new FakeClock();
  transport = new FakeTransport();
  settled = [];
  errors = [];
  document.body.innerHTML = `<div dj-view="a.B">${HTML}</div>`;
  let runner: DurableRunner | undefined;
  client = newClient({
    clock,
    transport,
    applyPatches,
    mergeHtml: morphContent,
    session: (options) => {
      runner = new DurableRunner(options);
      return runner;
    },
    features: [durable(() => runner), loading, notices, waiting],
  });
  client.on('djust:event-settled', ({ detail: { event, outcome } }) => settled.push([event, endOf(outcome)]));
  client.on('djust:error', ({ detail: { code } }) => errors.push(code));
  client.start();
  transport.last.mountExt('mounted');
});

afterEach(() => {
  client.stop();
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

const endOf = (outcome: EventOutcome): string => (outcome.status === 'acked' ? 'acked' : outcome.reason);
const click = (text: string): void => {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === text);
  if (!button) throw new Error(`no ${text}`);
  button.click();
};
/** What was settled has been told, and shown. */
const told = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};
const goAway = (): void => transport.last.lose();
/** The next try finds it, and the session as it was. */
const comeBack = (ack = 0, outcome: 'resumed' | 'mounted' = 'resumed'): void => {
  clock.advance(LIMITS.backoffMaxMs);
  transport.last.mountExt(outcome, { ack });
};
const refs = (): number[] => transport.last.of('event').map(({ ref }) => ref as number);
const answerAll = (): void => {
  for (const ref of refs()) transport.last.receive({ type: 'noop', ref, ack: ref });
};

/** What stands in the regions that assistive technology reads out. */
const log = (): string[] => [...document.querySelectorAll('[role=log] > *')].map(({ textContent }) => `${textContent}`);
const status = (): string => {
  const region = document.querySelector<HTMLElement>('[role=status]');
  return region && !region.hidden ? `${region.textContent}` : '';
};

interface Ending {
  readonly name: string;
  /** Makes one event and brings it to its end. */
  readonly act: () => unknown;
  readonly end: string;
  /** Error codes that the page hears. */
  readonly errors?: readonly string[];
  /** How the notice begins; without it the user is shown none, for he knows or wanted it so. */
  readonly notice?: string;
}

const ENDINGS: readonly Ending[] = [
  {
    name: 'done',
    act: () => {
      click('plain');
      answerAll();
    },
    end: 'acked',
  },
  {
    name: 'done, and the answer was lost',
    act: () => {
      click('plain');
      goAway();
      comeBack(1);
      // It goes again under its ref, and the server answers from its log.
      answerAll();
    },
    end: 'acked',
  },
  {
    name: 'refused by the server',
    act: () => {
      click('plain');
      transport.last.receive({ type: 'error', error: 'Not today.', code: 'event/denied', ref: 1, ack: 1 });
    },
    end: 'event/denied',
    errors: ['event/denied'],
    notice: 'Not today.',
  },
  {
    name: 'sent, and its session is gone',
    act: () => {
      click('plain');
      goAway();
      clock.advance(LIMITS.backoffMaxMs);
      transport.last.opened();
      const ext = { v: 1, features: ['ack', 'resume'] };
      const mount = { type: 'mount', session_id: 's', view: 'a.B', version: 1, html: HTML };
      transport.last.receive({ type: 'connect', session_id: 's', ext });
      transport.last.receive({ ...mount, ext: { ...ext, session: 'another', outcome: 'mounted', ack: 0 } });
    },
    end: 'session/lost',
    errors: ['session/lost'],
    notice: 'The connection was lost.',
  },
  {
    name: 'too large for a frame',
    act: () => client.push('large', { text: 'x'.repeat(LIMITS.maxMessageBytes) }),
    end: 'frame/too-large',
    errors: ['frame/too-large'],
    notice: 'Too large.',
  },
  {
    name: 'dropped, for there is no connection',
    act: () => {
      goAway();
      click('drop');
    },
    end: 'outbox/dropped',
    errors: ['outbox/dropped'],
    notice: 'Not connected.',
  },
  {
    name: 'waiting for too long',
    act: () => {
      goAway();
      click('short');
      clock.advance(60_000);
    },
    end: 'outbox/expired',
    errors: ['outbox/expired'],
    notice: 'Not connected for too long.',
  },
  {
    name: 'late, and not wanted any more',
    act: () => {
      // Once when he makes it, and once more before it goes out late.
      vi.spyOn(window, 'confirm').mockReturnValueOnce(true).mockReturnValue(false);
      goAway();
      click('ask');
      comeBack();
    },
    end: 'cancelled',
  },
  {
    name: 'open when the session ends for good',
    act: () => {
      click('plain');
      transport.last.lose(4403);
    },
    end: 'session/lost',
    errors: ['session/denied'],
    notice: 'You may not see this page.',
  },
];

describe('an event has exactly one end, and it is told', () => {
  it.each(ENDINGS)('$name: $end', async ({ act, end, errors: codes = [], notice }) => {
    act();
    await told();
    expect(settled.map(([, end]) => end)).toEqual([end]);
    expect(errors).toEqual(codes);
    expect(log()).toEqual(notice === undefined ? [] : [expect.stringMatching(notice)]);
    expect(client.openEvents).toBe(0);
    expect(status()).not.toContain('waiting');
    expect(document.body.textContent).not.toContain('undefined');
    // Whatever comes later, nothing is told twice.
    clock.advance(LIMITS.backoffMaxMs);
    if (client.phase === 'connecting') transport.last.mountExt('resumed', { ack: 1 });
    await told();
    expect(settled).toHaveLength(1);
    expect(errors).toEqual(codes);
  });

  it('one that the page itself holds back was never made: the promise says so, and nothing else', async () => {
    client.on('djust:before-event', (event) => event.preventDefault());
    expect(await client.push('plain')).toEqual({ status: 'rejected', reason: 'cancelled' });
    expect(settled).toEqual([]);
    expect(transport.last.of('event')).toEqual([]);
  });

  it.each([
    ['latest', ['latest', 'latest'], ['outbox/replaced', 'acked']],
    ['coalesce', ['row 1', 'row 2', 'row 1'], ['outbox/replaced', 'acked', 'acked']],
  ])('%s: the later one takes the place of the earlier one, which is told without alarm', async (_, texts, ends) => {
    goAway();
    for (const text of texts) click(text);
    await told();
    expect(settled.map(([, end]) => end)).toEqual(['outbox/replaced']);
    comeBack();
    answerAll();
    await told();
    expect(settled.map(([, end]) => end)).toEqual(ends);
    expect(errors).toEqual([]);
    expect(log()).toEqual([]);
  });

  it('dj-outbox-seconds says no longer time than the limit, which a timer of the browser can wait', async () => {
    goAway();
    click('month');
    clock.advance(LIMITS.outboxMs - 1);
    await told();
    expect(settled).toEqual([]);
    clock.advance(1);
    await told();
    expect(settled).toEqual([['month', 'outbox/expired']]);
  });

  it('at the cap the new one is refused and said to be, and those before it are kept', async () => {
    goAway();
    const open = Array.from({ length: LIMITS.outboxEvents }, () => client.push('plain'));
    const ends = Promise.all(open.map(async (outcome) => endOf(await outcome)));
    expect(await client.push('one more')).toEqual({ status: 'rejected', reason: 'outbox/full' });
    await told();
    expect(settled).toEqual([['one more', 'outbox/full']]);
    expect(errors).toEqual(['outbox/full']);
    expect(log()).toEqual([expect.stringMatching('Too many actions are waiting.')]);
    comeBack();
    while (client.openEvents > 0) answerAll();
    expect(new Set(await ends)).toEqual(new Set(['acked']));
    // There is room again.
    const next = client.push('one more');
    answerAll();
    expect((await next).status).toBe('acked');
  });
});

describe('the notice that there is no connection', () => {
  it('says how many actions are waiting, as long as they are', async () => {
    goAway();
    clock.advance(1_000);
    expect(status()).toBe('Not connected. Trying again …');
    click('plain');
    expect(status()).toBe('Not connected. Trying again … 1 action waiting.');
    click('plain');
    click('short');
    expect(status()).toBe('Not connected. Trying again … 3 actions waiting.');
    clock.advance(60_000);
    await told();
    expect(status()).toBe('Not connected. Trying again … 2 actions waiting.');
    comeBack();
    expect(status()).toBe('');
    answerAll();
    await told();
    goAway();
    clock.advance(1_000);
    expect(status()).toBe('Not connected. Trying again …');
  });

  it('says it of those that were made before it was there', () => {
    click('plain');
    goAway();
    click('plain');
    expect(status()).toBe('');
    clock.advance(1_000);
    expect(status()).toBe('Not connected. Trying again … 2 actions waiting.');
  });

  it('says nothing of them when the session has ended', async () => {
    goAway();
    click('plain');
    clock.advance(LIMITS.backoffMaxMs);
    transport.last.lose(4403);
    await told();
    expect(status()).toBe('The connection has ended. Please reload the page.');
  });
});
