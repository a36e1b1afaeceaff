import { FEATURES, LIMITS } from '@djust/protocol';
import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { FakeTransport } from '../../test/fake-transport.ts';
import { type SessionPort, SessionRunner } from './runner.ts';

let clock: FakeClock;
let transport: FakeTransport;
let log: string[];
let view: string;
let runner: SessionRunner;

const port: SessionPort = {
  mountFrame: () => ({ view, url: '/', params: {} }),
  patch: (frame) => void log.push(`patch ${frame.version}`),
  replace: () => {},
  mounted: (frame) => log.push(`mounted ${frame.ext?.session ?? frame.view}`),
  deliver: () => {},
  fault: (fault) => log.push(`fault ${fault.code}`),
  reload: () => {},
  phaseChanged: () => {},
  queueChanged: () => {},
};

const mounted = (session: string, version = 1, ack = 0): { type: string } & Record<string, unknown> => ({
  type: 'mount',
  session_id: 's',
  view,
  version,
  ext: { v: 1, features: ['ack', 'resume', 'adopt', 'ops'], session, outcome: 'adopted', ack },
});

const greet = (): void => {
  transport.last.opened();
  transport.last.receive({ type: 'connect', session_id: 's', ext: { v: 1, features: FEATURES } });
};

/** A page with this session takes the place of the one before. */
const show = (next: string, version = 1): void => {
  view = `a.${next}`;
  runner.start(next, version);
};

beforeEach(() => {
  clock = new FakeClock();
  transport = new FakeTransport();
  log = [];
  runner = new SessionRunner({ transport, clock, port, clientId: 'client-1', features: FEATURES });
  show('first');
});

it('mounts one view after the other over one connection, and tells the server which is not the first', () => {
  greet();
  transport.last.receive(mounted('first'));
  runner.leave();
  show('second');
  transport.last.receive(mounted('second'));
  expect(transport.connections).toHaveLength(1);
  expect(transport.last.sent.map(({ type, view }) => [type, view])).toEqual([
    ['mount', 'a.first'],
    ['live_redirect_mount', 'a.second'],
  ]);
  expect(log).toEqual(['mounted first', 'mounted second']);
  expect(runner.state.phase).toBe('live');
});

it('takes a connection that is not open yet over to the next view', () => {
  runner.leave();
  show('second');
  expect(transport.connections).toHaveLength(1);
  greet();
  expect(transport.last.sent.map(({ view }) => view)).toEqual(['a.second']);
});

it('W38: greets nobody with a mount when the view has gone meanwhile', () => {
  runner.leave();
  greet();
  expect(transport.last.sent).toEqual([]);
  show('second');
  expect(transport.last.sent.map(({ type, view }) => [type, view])).toEqual([['mount', 'a.second']]);
});

it('drops the answer that was meant for a view that has gone', () => {
  greet();
  runner.leave();
  show('second');
  transport.last.receive(mounted('first', 7));
  expect(runner.state.phase).toBe('mounting');
  transport.last.receive(mounted('second'));
  expect(log).toEqual(['mounted second']);
  expect(runner.state).toMatchObject({ phase: 'live', session: 'second', version: 1 });
});

it('settles events of the view that left by the answers that still come', async () => {
  greet();
  transport.last.receive(mounted('first'));
  const event = runner.push('save', {});
  runner.leave();
  show('second');
  transport.last.receive({ type: 'patch', version: 2, ref: 1, ack: 1, ops: [] }, mounted('second', 1, 1));
  expect(await event).toEqual({ status: 'acked', ref: 1 });
  // The patch was not for this page.
  expect(log).toEqual(['mounted first', 'mounted second']);
  void runner.push('next', {});
  expect(transport.last.of('event').map(({ ref }) => ref)).toEqual([1, 2]);
});

it('says so when an event of the view that left has no answer, and never sends it to the next one', async () => {
  greet();
  transport.last.receive(mounted('first'));
  const open = runner.push('save', {});
  transport.last.lose();
  const unsent = runner.push('save', {});
  runner.leave();
  show('second');
  greet();
  transport.last.receive(mounted('second'));
  expect((await open).status).toBe('rejected');
  expect((await unsent).status).toBe('rejected');
  expect(transport.last.of('event')).toEqual([]);
});

it('keeps a connection without a view for a while, then closes it', () => {
  greet();
  transport.last.receive(mounted('first'));
  runner.leave();
  clock.advance(LIMITS.keepLinkMs - 1);
  runner.wake();
  expect(transport.last.isClosed).toBe(false);
  clock.advance(1);
  expect(transport.last.isClosed).toBe(true);
  show('second');
  expect(transport.connections).toHaveLength(2);
});

it('does not close the connection of a view that came in time', () => {
  greet();
  transport.last.receive(mounted('first'));
  runner.leave();
  clock.advance(LIMITS.keepLinkMs - 1);
  show('second');
  transport.last.receive(mounted('second'));
  clock.advance(LIMITS.keepLinkMs);
  expect(transport.last.isClosed).toBe(false);
  expect(runner.state.phase).toBe('live');
});

it('takes a session up again that an earlier page left behind, with the refs of that session', () => {
  greet();
  transport.last.receive(mounted('first'));
  for (const ref of [1, 2, 3]) {
    void runner.push('save', {});
    transport.last.receive({ type: 'noop', ref, ack: ref });
  }
  runner.leave();
  show('second');
  transport.last.receive(mounted('second', 1, 3));
  void runner.push('save', {});
  transport.last.receive({ type: 'noop', ref: 4, ack: 4 });
  runner.leave();
  show('first', 5);
  expect(transport.last.of('live_redirect_mount').at(-1)?.ext).toMatchObject({
    session: 'first',
    version: 5,
    acked: 4,
  });
  transport.last.receive(mounted('first', 5, 3));
  void runner.push('save', {});
  expect(transport.last.of('event').at(-1)?.ref).toBe(4);
});

it('closes on leaving the page and comes back once when the page is shown again', () => {
  greet();
  transport.last.receive(mounted('first'));
  runner.pause();
  expect(transport.last.isClosed).toBe(true);
  runner.wake();
  runner.wake();
  expect(transport.connections).toHaveLength(2);
  expect(transport.open_).toBe(1);
});
