import { FEATURES, LIMITS } from '@djust/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { FakeTransport } from '../../test/fake-transport.ts';
import { type SessionPort, SessionRunner } from './runner.ts';

let clock: FakeClock;
let transport: FakeTransport;
let log: string[];
let runner: SessionRunner;
let patchFault: { code: 'dom/target-missing' } | undefined;

const port: SessionPort = {
  mountFrame: () => ({ view: 'a.B', url: '/', params: {} }),
  patch: (frame) => {
    if (!patchFault) log.push(`patch ${frame.version}`);
    return patchFault;
  },
  replace: (html, reason, version) => log.push(`${reason} ${version} ${html}`),
  mounted: (frame) => log.push(`mounted ${frame.ext?.outcome ?? 'base'}`),
  deliver: () => {},
  fault: (fault) => log.push(`fault ${fault.code}`),
  reload: (reason) => log.push(`reload ${reason}`),
  phaseChanged: (_, phase) => log.push(phase),
  queueChanged: () => {},
};

beforeEach(() => {
  clock = new FakeClock();
  transport = new FakeTransport();
  log = [];
  patchFault = undefined;
  runner = new SessionRunner({ transport, clock, port, clientId: 'client-1', features: FEATURES });
});

const patch = (version: number, more: object = {}) => ({ type: 'patch', version, patches: [], ...more });

describe('a plain djust 1.x server', () => {
  it('mounts without extensions when none are offered', () => {
    runner.start(null, 0);
    transport.last.mountBase('<p></p>');
    expect(transport.last.of('mount')[0]).toEqual({ type: 'mount', view: 'a.B', url: '/', params: {} });
    expect(log).toEqual(['connecting', 'mounting', 'live', 'mount 1 <p></p>', 'mounted base']);
  });

  it('sends events with rising refs and settles them by ref, in whatever order the answers come', async () => {
    runner.start(null, 0);
    transport.last.mountBase();
    const [a, b] = [runner.push('a', {}), runner.push('b', {})];
    expect(transport.last.of('event').map(({ event, ref }) => [event, ref])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    transport.last.receive({ type: 'noop', ref: 2 }, patch(2, { ref: 1 }));
    expect(await a).toEqual({ status: 'acked', ref: 1 });
    expect(await b).toEqual({ status: 'acked', ref: 2 });
    expect(runner.openEvents).toBe(0);
  });

  it('W22: has no more events on their way than the server takes at once', () => {
    runner.start(null, 0);
    transport.last.mountBase();
    for (let i = 0; i < LIMITS.baseBurst + 2; i++) void runner.push('a', {});
    expect(transport.last.of('event')).toHaveLength(LIMITS.baseBurst);
    transport.last.receive({ type: 'noop', ref: 1 });
    expect(transport.last.of('event')).toHaveLength(LIMITS.baseBurst + 1);
  });

  it('W13: every kind of answer ends its event', async () => {
    runner.start(null, 0);
    transport.last.mountBase();
    const open = ['a', 'b', 'c', 'd'].map((event) => runner.push(event, {}));
    transport.last.receive(
      { type: 'embedded_update', view_id: 'child_1', html: '', ref: 1 },
      { type: 'noop', ref: 2 },
      { type: 'html_update', html: '', version: 2, ref: 3 },
      { type: 'rate_limit_exceeded', message: '' },
    );
    expect((await Promise.all(open)).map(({ status }) => status)).toEqual(['acked', 'acked', 'acked', 'rejected']);
    expect(runner.openEvents).toBe(0);
  });

  it('W14: an error, which names no event, ends the oldest without an answer and no other', async () => {
    runner.start(null, 0);
    transport.last.mountBase();
    const [a, b, c] = ['a', 'b', 'c'].map((event) => runner.push(event, {}));
    transport.last.receive({ type: 'noop', ref: 1 }, { type: 'error', error: 'No.' }, { type: 'noop', ref: 3 });
    expect(await a).toEqual({ status: 'acked', ref: 1 });
    expect(await b).toMatchObject({ status: 'rejected', reason: 'event/failed', message: 'No.' });
    expect(await c).toEqual({ status: 'acked', ref: 3 });
  });

  it('an error that answers no event leaves what is still to be sent alone', async () => {
    runner.start(null, 0);
    transport.last.opened();
    const a = runner.push('a', {});
    transport.last.mountBase();
    transport.last.receive({ type: 'noop', ref: 1 }, { type: 'error', error: 'Unknown message type: x' });
    expect((await a).status).toBe('acked');
    expect(runner.state.phase).toBe('live');
  });

  it('W15: a push between an event and its answer is taken in order', () => {
    runner.start(null, 0);
    transport.last.mountBase();
    void runner.push('a', {});
    transport.last.receive(patch(2, { source: 'tick' }), patch(3, { ref: 1 }));
    expect(log.filter((line) => line.startsWith('patch'))).toEqual(['patch 2', 'patch 3']);
    expect(transport.last.of('request_html')).toHaveLength(0);
  });

  it('asks for the page when a version is missing, drops what comes meanwhile, and goes on from the answer', () => {
    runner.start(null, 0);
    transport.last.mountBase();
    transport.last.receive(patch(3), patch(4));
    expect(runner.state.phase).toBe('recovering');
    expect(transport.last.of('request_html')).toHaveLength(1);
    transport.last.receive({ type: 'html_recovery', html: 'whole', version: 4 }, patch(5));
    expect(log.slice(-3)).toEqual(['live', 'recovery 4 whole', 'patch 5']);
  });

  it('W15: a tick in flight while an event is open is applied in order and needs no recovery', () => {
    runner.start(null, 0);
    transport.last.mountBase();
    void runner.push('a', {});
    transport.last.receive(patch(2, { source: 'tick' }), patch(3, { source: 'event', ref: 1 }));
    expect(log.slice(-2)).toEqual(['patch 2', 'patch 3']);
    expect(transport.last.of('request_html')).toHaveLength(0);
  });

  it('W9: a batch that cannot be applied asks for the page', () => {
    runner.start(null, 0);
    transport.last.mountBase();
    patchFault = { code: 'dom/target-missing' };
    transport.last.receive(patch(2));
    expect(transport.last.of('request_html')).toHaveLength(1);
    expect(log.at(-1)).toBe('fault dom/target-missing');
  });

  it('gives up after three resyncs in ten seconds, and not when they are far apart', () => {
    runner.start(null, 0);
    transport.last.mountBase();
    let version = 1;
    const breakOnce = (): void => {
      version += 2;
      transport.last.receive(patch(version));
      if (runner.state.phase === 'recovering') transport.last.receive({ type: 'html_recovery', html: '', version });
    };
    for (let i = 0; i < 5; i++) {
      breakOnce();
      clock.time += LIMITS.resyncWindowMs;
    }
    expect(runner.state.phase).toBe('live');
    for (let i = 0; i < 4; i++) breakOnce();
    expect(runner.state.phase).toBe('stopped');
    expect(log).toContain('fault dom/resync-loop');
  });

  it('gives up what was on its way when the session is gone, and sends what was made meanwhile', async () => {
    runner.start(null, 0);
    transport.last.mountBase();
    const doubtful = runner.push('a', {});
    transport.last.lose();
    const later = runner.push('b', {});
    clock.advance(LIMITS.backoffMaxMs);
    transport.last.mountBase();
    expect(await doubtful).toEqual({ status: 'rejected', reason: 'session/lost' });
    expect(transport.last.of('event').map(({ event, ref }) => [event, ref])).toEqual([['b', 2]]);
    transport.last.receive({ type: 'noop', ref: 2 });
    expect((await later).status).toBe('acked');
  });
});

describe('our server', () => {
  it('offers the session of the page, and keeps the page when it is adopted', () => {
    runner.start('token-0', 1);
    transport.last.mountExt('adopted');
    expect(transport.last.of('mount')[0]?.ext).toMatchObject({ session: 'token-0', version: 1, ref: 0, acked: 0 });
    expect(log).toEqual(['connecting', 'mounting', 'live', 'mounted adopted']);
  });

  it('names the session as the server said last, and knows it again under that name', async () => {
    runner.start('token', 1);
    transport.last.mountExt('adopted');
    const a = runner.push('a', {});
    transport.last.receive({ type: 'noop', session: 'sealed-1' });
    transport.last.lose();
    clock.advance(LIMITS.backoffMaxMs);
    transport.last.opened();
    transport.last.receive({ type: 'connect', session_id: 's', ext: { v: 1, features: FEATURES } });
    expect(transport.last.of('mount')[0]?.ext).toMatchObject({ session: 'sealed-1', version: 1, ref: 1, acked: 0 });
    const ext = { v: 1, features: [...FEATURES], session: 'sealed-2', outcome: 'mounted', ack: 1 };
    transport.last.receive(
      { type: 'noop', session: 'sealed-2' },
      { type: 'mount', session_id: 'i', view: 'a.B', version: 3, html: 'whole', ext },
    );
    transport.last.receive({ type: 'noop', ref: 1, ack: 1 });
    expect(await a).toEqual({ status: 'acked', ref: 1 });
    expect(runner.state.session).toBe('sealed-2');
  });

  it('after a drop names what it has and sends what is in doubt again, under the same refs', async () => {
    runner.start('token-0', 1);
    transport.last.mountExt('adopted');
    const a = runner.push('a', {});
    const b = runner.push('b', {});
    transport.last.receive(patch(2, { ref: 1, ack: 1 }));
    transport.last.lose();
    clock.advance(LIMITS.backoffMaxMs);
    transport.last.mountExt('resumed', { version: 2, ack: 2 });
    expect(transport.last.of('mount')[0]?.ext).toMatchObject({ session: 'token', version: 2, ref: 2, acked: 1 });
    expect(transport.last.of('event').map(({ event, ref }) => [event, ref])).toEqual([['b', 2]]);
    transport.last.receive(patch(3, { ref: 2, ack: 2 }));
    expect(await a).toEqual({ status: 'acked', ref: 1 });
    expect(await b).toEqual({ status: 'acked', ref: 2 });
    expect(log.filter((line) => line.startsWith('patch'))).toEqual(['patch 2', 'patch 3']);
  });

  it('drops a replayed frame that it has, and takes its answer', async () => {
    runner.start('token-0', 1);
    transport.last.mountExt('adopted');
    const a = runner.push('a', {});
    transport.last.receive(patch(2));
    transport.last.receive(patch(2, { ref: 1, ack: 1 }));
    expect((await a).status).toBe('acked');
    expect(log.filter((line) => line === 'patch 2')).toHaveLength(1);
  });

  it('settles with an error only the event that failed', async () => {
    runner.start('t', 1);
    transport.last.mountExt('adopted');
    const a = runner.push('a', {});
    void runner.push('b', {});
    transport.last.receive({ type: 'error', error: 'No.', code: 'event/failed', ref: 1, ack: 1 });
    expect(await a).toEqual({ status: 'rejected', reason: 'event/failed', message: 'No.', ref: 1 });
    expect(runner.openEvents).toBe(1);
  });

  it('sends a rate-limited frame again when the server says so', () => {
    runner.start('t', 1);
    transport.last.mountExt('adopted');
    void runner.push('a', {});
    void runner.push('b', {});
    transport.last.receive({ type: 'rate_limit_exceeded', message: '', retry_after_ms: 40 });
    expect(transport.last.of('event')).toHaveLength(2);
    clock.advance(40);
    expect(transport.last.of('event').map(({ ref }) => ref)).toEqual([1, 2, 1, 2]);
  });

  it('has no more than a window of events on their way, and sends the next when one is over', () => {
    runner.start('t', 1);
    transport.last.mountExt('adopted');
    for (let i = 0; i < LIMITS.sendWindow + 2; i++) void runner.push('a', {});
    expect(transport.last.of('event')).toHaveLength(LIMITS.sendWindow);
    transport.last.receive({ type: 'noop', ref: 1, ack: 1 });
    expect(transport.last.of('event').at(-1)?.ref).toBe(LIMITS.sendWindow + 1);
  });

  it('counts what was on its way as kept when the same session sends its page anew', async () => {
    runner.start('token', 1);
    transport.last.mountExt('adopted');
    const a = runner.push('a', {});
    transport.last.lose();
    clock.advance(LIMITS.backoffMaxMs);
    transport.last.mountExt('mounted', { version: 9, html: 'whole' });
    expect(transport.last.of('event').map(({ ref }) => ref)).toEqual([1]);
    transport.last.receive({ type: 'noop', ref: 1, ack: 1 });
    expect((await a).status).toBe('acked');
  });

  it('refuses an event that no server would take, and goes on', async () => {
    runner.start('t', 1);
    transport.last.mountExt('adopted');
    const text = 'ä'.repeat(LIMITS.maxMessageBytes / 2);
    expect(await runner.push('a', { text })).toEqual({ status: 'rejected', reason: 'frame/too-large' });
    void runner.push('b', {});
    expect(transport.last.of('event').map(({ event, ref }) => [event, ref])).toEqual([['b', 1]]);
  });

  it('keeps trying to mount while the page cannot be had, with growing pauses', () => {
    runner.start('t', 1);
    transport.last.opened();
    transport.last.receive({ type: 'connect', session_id: 's' });
    transport.last.receive({ type: 'error', error: 'No.', code: 'view/mount-failed' });
    expect(runner.state.phase).toBe('waiting');
    expect(transport.open_).toBe(0);
    clock.advance(LIMITS.backoffMaxMs + 5_000);
    expect(transport.connections).toHaveLength(2);
  });
});

describe('connections', () => {
  it.each([
    [1000, 'waiting'],
    [1001, 'waiting'],
    [1006, 'waiting'],
    [1009, 'waiting'],
    [1012, 'waiting'],
    [1013, 'waiting'],
    [4400, 'waiting'],
    [4401, 'stopped'],
    [4403, 'stopped'],
    [4404, 'waiting'],
    [4408, 'waiting'],
    [4409, 'waiting'],
    [4429, 'waiting'],
  ])('close code %i leads to %s', (code, phase) => {
    runner.start(null, 0);
    transport.last.mountBase();
    transport.last.lose(code);
    expect(runner.state.phase).toBe(phase);
  });

  it.each([4400, 4404, 4409])(
    '%i: reloads once, with what is open, and goes on trying as long as that is not done',
    async (code) => {
      runner.start('t', 1);
      transport.last.mountExt('adopted');
      const open = runner.push('a', {});
      for (let time = 0; time < 3; time++) {
        transport.last.lose(code);
        clock.advance(LIMITS.backoffMaxMs);
      }
      expect(log.filter((line) => line.startsWith('reload'))).toEqual([`reload ${code}`]);
      expect(runner.openEvents).toBe(1);
      transport.last.mountExt('resumed');
      transport.last.receive({ type: 'noop', ref: 1, ack: 1 });
      expect(await open).toEqual({ status: 'acked', ref: 1 });
    },
  );

  it.each([4400, 4404, 4409])(
    '%i: a page that was just loaded would come as the same again; it waits, longer with each try',
    (code) => {
      clock.chance = 0.9;
      runner.start(null, 0);
      for (let tries = 1; tries <= 4; tries++) {
        transport.last.lose(code);
        expect(runner.state.tries).toBe(tries);
        clock.advance(LIMITS.backoffMaxMs);
      }
      expect(transport.connections).toHaveLength(5);
      expect(log.filter((line) => line.startsWith('reload'))).toEqual([]);
    },
  );

  it.each([
    // Within the first five seconds, wherever chance says.
    [1012, '', 0.5, 2_500, 2_500],
    [1012, '1000', 0.5, 500, 500],
    // Never before the five seconds, or what the server says, and then some.
    [1013, '', 0.5, 5_000, 5_500],
    [1013, '9000', 0.5, 9_000, 9_500],
    [4429, '', 0.5, 5_000, 5_500],
    [4408, '', 0.5, 0, 500],
    [1006, '', 0.5, 0, 500],
    // A server cannot send anybody away for longer than the longest pause.
    [1012, '999999999', 0.5, 15_000, 15_000],
  ])('%i "%s": comes back after a pause between %i and %i ms', (code, reason, chance, fromMs, toMs) => {
    clock.chance = chance;
    runner.start(null, 0);
    transport.last.mountBase();
    transport.last.lose(code, reason);
    clock.advance(fromMs - 1);
    expect(transport.connections).toHaveLength(1);
    clock.advance(toMs - fromMs + 1);
    expect(transport.connections).toHaveLength(2);
  });

  it.each([4401, 4403])('%i: never comes back, and says why', (code) => {
    runner.start(null, 0);
    transport.last.mountBase();
    transport.last.lose(code);
    runner.wake();
    clock.advance(10 * LIMITS.backoffMaxMs);
    expect(transport.connections).toHaveLength(1);
    expect(log).toContain('fault session/denied');
  });

  it('once stopped for good leaves no event open, and takes no more', async () => {
    runner.start('t', 1);
    transport.last.mountExt('adopted');
    const open = runner.push('a', {});
    transport.last.lose(4403);
    expect(await open).toEqual({ status: 'rejected', reason: 'session/lost' });
    expect(await runner.push('b', {})).toEqual({ status: 'rejected', reason: 'session/lost' });
    expect(runner.openEvents).toBe(0);
  });

  it('does not burn tries while it waits out a limit', () => {
    runner.start(null, 0);
    for (let i = 0; i < 5; i++) {
      transport.last.lose(4429);
      expect(runner.state.tries).toBe(0);
      clock.advance(60_000);
    }
  });

  it('never has two connections, and hears nothing from an earlier one', () => {
    runner.start(null, 0);
    const first = transport.last;
    first.lose();
    runner.wake();
    runner.wake();
    expect(transport.connections).toHaveLength(2);
    first.receive({ type: 'connect', session_id: 'old' });
    first.lose();
    expect(runner.state.phase).toBe('connecting');
  });

  it('full jitter: the wait is drawn anew for each try, from the first', () => {
    clock.chance = 0.1;
    runner.start(null, 0);
    transport.last.lose();
    clock.advance(99);
    expect(transport.connections).toHaveLength(1);
    clock.advance(1);
    expect(transport.connections).toHaveLength(2);
    clock.chance = 0.9;
    transport.last.lose();
    clock.advance(1_799);
    expect(transport.connections).toHaveLength(2);
    clock.advance(1);
    expect(transport.connections).toHaveLength(3);
  });

  it('pings, and gives up a peer that stays silent', () => {
    runner.start(null, 0);
    transport.last.mountBase();
    clock.advance(LIMITS.pingIntervalMs);
    expect(transport.last.of('ping')).toHaveLength(1);
    transport.last.receive({ type: 'pong' });
    clock.advance(LIMITS.pongTimeoutMs + LIMITS.pingIntervalMs);
    expect(runner.state.phase).toBe('live');
    const half = transport.last;
    clock.advance(LIMITS.pongTimeoutMs);
    expect(half.isClosed).toBe(true);
  });

  it('stop rejects what is open and closes for good', async () => {
    runner.start(null, 0);
    transport.last.mountBase();
    const a = runner.push('a', {});
    runner.stop();
    expect(await a).toEqual({ status: 'rejected', reason: 'session/lost' });
    clock.advance(100_000);
    expect(transport.connections).toHaveLength(1);
    expect(transport.open_).toBe(0);
  });
});
