import { RawClient } from '../support/raw-client.ts';
import { expect, test } from '../support/test.ts';

const KIB_64 = 65_536;

/** A list in a list in a list … */
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const event = (params: string): string => `{"type":"event","event":"add","params":${params},"ref":1}`;

/** Each gets the documented answer, the connection lives, and the next event is taken as if nothing had been. */
const REFUSED: Record<string, { text: string; code: string }> = {
  'malformed JSON': { text: '{"type":', code: 'frame/not-json' },
  'JSON that is no object': { text: '[1, 2]', code: 'frame/not-json' },
  'an object without a type': { text: '{"event":"add"}', code: 'frame/invalid' },
  // The frame and its params are two levels, so the list begins in the third.
  'values nested 33 deep': { text: event(`{"x":${nested(31)}}`), code: 'frame/too-deep' },
  'an unknown frame': { text: '{"type":"launch"}', code: 'frame/unknown-type' },
  'a frame named like something of every object': { text: '{"type":"__proto__"}', code: 'frame/unknown-type' },
  'an event without a name': { text: '{"type":"event","params":{}}', code: 'frame/invalid' },
  'params that are a list': { text: event('[]'), code: 'frame/invalid' },
  'a ref that is no number': { text: '{"type":"event","event":"add","params":{},"ref":"1"}', code: 'frame/invalid' },
  'a key __proto__': { text: event('{"__proto__":{"isAdmin":true}}'), code: 'frame/forbidden-key' },
  'a key constructor': { text: event('{"constructor":{"prototype":{}}}'), code: 'frame/forbidden-key' },
  'a mount of an unknown view': {
    text: '{"type":"mount","view":"no.such","url":"/","params":{}}',
    code: 'view/unknown',
  },
  'a mount of a foreign URL': {
    text: '{"type":"mount","view":"gallery.counter","url":"//evil.example/","params":{}}',
    code: 'frame/invalid',
  },
};

/** Events that the view refuses: they have a ref, and the answer names it. */
const REFUSED_EVENTS: Record<string, { name: string; params: object; code: string }> = {
  'an unknown event': { name: 'launch', params: {}, code: 'event/unknown' },
  'an event named like a method of every object': { name: 'constructor', params: {}, code: 'event/unknown' },
  'wrong params': { name: 'add', params: { by: 'much' }, code: 'event/params' },
  'params out of range': { name: 'add', params: { by: 1e9 }, code: 'event/params' },
  'no params': { name: 'add', params: {}, code: 'event/params' },
};

test.describe('somebody else on the server notices nothing of', () => {
  let other: RawClient;
  let client: RawClient;

  test.beforeEach(async ({ gallery }) => {
    other = await RawClient.onPage(gallery.origin, '/counter');
    client = await RawClient.onPage(gallery.origin, '/counter');
  });

  test.afterEach(async ({ gallery }) => {
    expect(other.waiting).toEqual([]);
    other.event('add', { by: 1 });
    expect(await other.next('patch')).toMatchObject({ version: 2, ref: 1 });
    expect((await fetch(`${gallery.origin}/counter`)).status).toBe(200);
    other.close();
    client.close();
  });

  for (const [what, { text, code }] of Object.entries(REFUSED)) {
    test(`${what}: ${code}`, async () => {
      client.sendText(text);
      // An event that is refused has used its ref up, and the answer says so.
      const isEvent = text.includes('"ref":1');
      if (isEvent) client.ref = 1;
      expect(await client.next('error')).toMatchObject({ type: 'error', code, ...(isEvent ? { ref: 1 } : {}) });
      if (code === 'view/unknown') return;
      const ref = client.event('add', { by: 1 });
      expect(await client.next('patch')).toMatchObject({ version: 2, ref });
    });
  }

  for (const [what, { name, params, code }] of Object.entries(REFUSED_EVENTS)) {
    test(`${what}: ${code}`, async () => {
      const ref = client.event(name, params);
      expect(await client.next('error')).toMatchObject({ type: 'error', code, ref });
      client.event('add', { by: 1 });
      expect(await client.next('patch')).toMatchObject({ version: 2, ref: ref + 1 });
    });
  }

  test('values nested 32 deep: taken', async () => {
    client.sendText(event(`{"by":1,"x":${nested(30)}}`));
    expect(await client.next('patch')).toMatchObject({ ref: 1 });
  });

  test('64 KiB: taken; one byte more: closed with 1009', async () => {
    const filled = (bytes: number): string => event('{"by":1,"x":[]}').replace('[]', `[${'"a"'.padEnd(bytes)}]`);
    const overhead = filled(0).length;
    client.sendText(filled(KIB_64 - overhead + '"a"'.length));
    expect(await client.next('patch')).toMatchObject({ ref: 1 });
    client.sendText(filled(KIB_64 - overhead + '"a"'.length + 1));
    expect(await client.closed).toBe(1009);
  });

  test('a thousand frames in a tick: told to slow down, then closed with 4429', async () => {
    for (let at = 0; at < 1000; at++) client.send({ type: 'ping' });
    expect(await client.closed).toBe(4429);
    const types = client.waiting.map(({ type }) => type);
    expect(types.filter((type) => type === 'rate_limit_exceeded')).toHaveLength(3);
    expect(types.filter((type) => type === 'pong').length).toBeLessThan(100);
  });

  test('a foreign origin: closed with 4403, and nothing said', async ({ gallery }) => {
    for (const foreign of ['https://evil.example', `${gallery.origin}.evil.example`, 'null']) {
      const stranger = await RawClient.open(gallery.origin, foreign);
      expect(await stranger.closed, foreign).toBe(4403);
      expect(stranger.waiting).toEqual([]);
    }
  });

  test('an event before the mount: session/not-mounted', async ({ gallery }) => {
    const early = await RawClient.open(gallery.origin);
    await early.next('connect');
    early.event('add', { by: 1 });
    expect(await early.next('error')).toMatchObject({ code: 'session/not-mounted' });
    early.close();
  });

  test('the session of another visitor: it cannot be taken over', async ({ gallery }) => {
    const html = await (await fetch(`${gallery.origin}/counter`)).text();
    const session = / data-dj-session="([^"]*)"/.exec(html)?.[1];
    const mount = (id: string): object => {
      const ext = { v: 1, features: ['ack', 'adopt', 'ops'], client_id: id, session, version: 1, ref: 0, acked: 0 };
      return { type: 'mount', view: 'gallery.counter', url: '/counter', params: {}, ext };
    };
    const owner = await RawClient.open(gallery.origin);
    owner.send(mount('the-owner'));
    expect(await owner.next('mount')).toMatchObject({ ext: { outcome: 'adopted' } });
    const thief = await RawClient.open(gallery.origin);
    thief.send(mount('the-thief'));
    expect(await thief.next('mount')).toMatchObject({ ext: { outcome: 'mounted' }, html: expect.any(String) });
    owner.event('add', { by: 1 });
    expect(await owner.next('patch')).toMatchObject({ version: 2 });
    owner.close();
    thief.close();
  });
});
