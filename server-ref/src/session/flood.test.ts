import { LIMITS, type MountReply } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { rig, type TestClient } from '../../test/rig.ts';
import { connected, mounted } from '../../test/sessions.ts';
import { counter } from '../../test/views.ts';

describe('a silent client', () => {
  it('is sent away when its first frame does not come within 10 s', async () => {
    const { client, clock } = await connected();
    await client.advance(LIMITS.firstFrameMs - 1);
    expect(client.closedWith).toBeUndefined();
    await client.advance(1);
    expect(client.closedWith).toBe(4408);
    expect(clock.waiting).toBe(0);
  });

  it('is sent away when it talks but does not mount', async () => {
    const { client } = await connected();
    await client.advance(LIMITS.firstFrameMs - 1);
    await client.send({ type: 'ping' });
    await client.mount({ view: 'test.nope' });
    await client.advance(1);
    expect(client.closedWith).toBe(4408);
  });

  it('is sent away after 60 s of silence, and can resume', async () => {
    const { client, server } = await mounted();
    await client.advance(LIMITS.idleTimeoutMs - 1);
    await client.send({ type: 'ping' });
    await client.advance(LIMITS.idleTimeoutMs - 1);
    expect(client.closedWith).toBeUndefined();
    await client.advance(1);
    expect(client.closedWith).toBe(4408);
    expect(server.sessionCount).toBe(1);
  });
});

describe('a client in a hurry', () => {
  const pings = (count: number): object[] => Array.from({ length: count }, () => ({ type: 'ping' }));

  it('is refused its 61st message of one tick', async () => {
    const { client } = await connected();
    const frames = await client.burst(pings(LIMITS.messageBurst + 1));
    expect(frames.slice(0, -1)).toEqual(Array(LIMITS.messageBurst).fill({ type: 'pong' }));
    expect(frames.at(-1)).toEqual({
      type: 'rate_limit_exceeded',
      message: 'Too many messages. Please slow down.',
      retry_after_ms: 10,
    });
    expect(client.closedWith).toBeUndefined();
  });

  it('is sent away with 4429 at its third strike', async () => {
    const { client, server } = await mounted();
    await client.burst(pings(LIMITS.messageBurst + 1));
    expect(client.closedWith).toBeUndefined();
    await client.burst(pings(1));
    expect(client.closedWith).toBe(4429);
    expect(server.sessionCount).toBe(1);
  });

  it('is forgiven one strike after 30 s', async () => {
    const { client } = await mounted();
    for (let round = 0; round < 4; round++) {
      await client.burst(pings(LIMITS.messageBurst + 1));
      expect(client.closedWith).toBeUndefined();
      await client.advance(LIMITS.strikeForgivenMs);
    }
  });

  it('gets done what was taken before it was sent away', async () => {
    const { client, connect } = await mounted();
    const events = Array.from({ length: 100 }, (_, at) => ({ type: 'event', event: 'add', params: {}, ref: at + 1 }));
    await client.burst(events);
    expect(client.closedWith).toBe(4429);
    const next = await connect();
    const session = (JSON.parse(client.peer.texts[1] as string) as MountReply).ext?.session as string;
    const [reply] = await next.mount({ ext: { session, version: 1 } });
    expect(reply).toMatchObject({ ext: { outcome: 'resumed', ack: LIMITS.messageBurst - 1 } });
  });

  it('loses no event when it sends again from the gap', async () => {
    const { client } = await mounted();
    const events = Array.from({ length: 65 }, (_, at) => ({ type: 'event', event: 'add', params: {}, ref: at + 1 }));
    // The mount took one of 60, so refs 60 and 61 are refused: two strikes.
    await client.burst(events.slice(0, 61));
    await client.advance(1_000);
    // 62 arrives although 60 and 61 did not: it must not be taken for all three.
    expect(await client.burst(events.slice(61, 62))).toEqual([]);
    await client.burst(events.slice(59));
    expect(client.shown).toContain('Count: 65');
  });
});

it('a client that stops reading is cut off at 4 MiB', async () => {
  const { client } = await mounted();
  client.peer.bufferedBytes = LIMITS.outboundCloseBytes + 1;
  await client.event('add', {}, 1);
  expect(client.closedWith).toBe(1013);
});

it('frames that pile up behind a slow mount are refused from the 65th on', async () => {
  const { client } = await connected({ mount: () => new Promise(() => {}) });
  await client.mount();
  await client.burst(Array.from({ length: 50 }, (_, at) => ({ type: 'event', event: 'add', params: {}, ref: at + 1 })));
  await client.advance(1_000);
  const frames = await client.burst(
    Array.from({ length: 20 }, (_, at) => ({ type: 'event', event: 'add', params: {}, ref: at + 51 })),
  );
  expect(frames.filter((frame) => frame.type === 'error' && frame.code === 'session/busy')).toHaveLength(7);
});

describe('one address', () => {
  it('may hold 50 connections, and gets a place back when one closes', async () => {
    const all = rig(counter());
    const clients: TestClient[] = [];
    for (let at = 0; at < LIMITS.connectionsPerIp; at++) clients.push(await all.connect());
    expect((await all.connect()).closedWith).toBe(4429);
    expect((await all.connect({ address: '192.0.2.2' })).closedWith).toBeUndefined();
    await clients[0]?.drop();
    await clients[0]?.drop();
    expect((await all.connect()).closedWith).toBeUndefined();
    expect((await all.connect()).closedWith).toBe(4429);
  });

  it('of IPv6 is a /64', async () => {
    const all = rig(counter());
    for (let at = 0; at < LIMITS.connectionsPerIp; at++)
      await all.connect({ address: `2001:db8:1:2::${at.toString(16)}` });
    expect((await all.connect({ address: '2001:db8:1:2:ffff::1' })).closedWith).toBe(4429);
    expect((await all.connect({ address: '2001:db8:1:3::1' })).closedWith).toBeUndefined();
  });

  it('is not counted for a connection that was refused', async () => {
    const all = rig(counter(), {
      principal: (request) => {
        if (request.headers.has('x-broken')) throw new Error('secret');
        return null;
      },
    });
    for (let at = 0; at < LIMITS.connectionsPerIp + 1; at++) await all.connect({ headers: { 'x-broken': '1' } });
    expect((await all.connect({ headers: { 'x-broken': '1' } })).closedWith).toBe(4403);
    expect((await all.connect()).closedWith).toBeUndefined();
  });
});
