import { describe, expect, it } from 'vitest';
import { connected, mounted } from '../../test/sessions.ts';

describe('before it has mounted, a client', () => {
  it('is told that its event came too early', async () => {
    const { client } = await connected();
    expect(await client.event('add', {}, 3)).toEqual([
      { type: 'error', error: 'Something went wrong on the server.', code: 'session/not-mounted', ref: 3 },
    ]);
    expect(await client.send({ type: 'url_change', params: {}, uri: '/' })).toMatchObject([
      { code: 'session/not-mounted' },
    ]);
  });

  it('gets no page to recover with', async () => {
    const { client } = await connected();
    expect(await client.send({ type: 'request_html' })).toMatchObject([{ type: 'error', recoverable: false }]);
  });

  it('is answered when it pings', async () => {
    const { client } = await connected();
    expect(await client.send({ type: 'ping' })).toEqual([{ type: 'pong' }]);
  });

  it('may mount afterwards', async () => {
    const { client } = await connected();
    await client.event('add', {}, 1);
    expect(await client.mount()).toMatchObject([{ type: 'mount' }]);
  });
});

describe('a bad frame', () => {
  const event = (params: unknown): string =>
    `{"type":"event","event":"add","params":${JSON.stringify(params)},"ref":1}`;
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  it.each<[string, string, string]>([
    ['no JSON', '{', 'frame/not-json'],
    ['nothing', '', 'frame/not-json'],
    ['a list', '[]', 'frame/not-json'],
    ['null', 'null', 'frame/not-json'],
    ['a string', '"ping"', 'frame/not-json'],
    ['no type', '{}', 'frame/invalid'],
    ['a type that is no string', '{"type":1}', 'frame/invalid'],
    ['an unknown type', '{"type":"steal"}', 'frame/unknown-type'],
    ['a type of an inherited name', '{"type":"constructor"}', 'frame/unknown-type'],
    ['a batch of mounts', '{"type":"mount_batch","views":[{"view":"test.view"}]}', 'frame/unknown-type'],
    ['parameters nested too deep', `{"type":"event","event":"add","params":{"a":${nested(31)}}}`, 'frame/too-deep'],
    ['64 KiB of brackets', '['.repeat(65_536), 'frame/not-json'],
    ['64 KiB of closed brackets', nested(32_768), 'frame/not-json'],
    [
      'a key that reaches a prototype',
      '{"type":"event","event":"add","params":{"__proto__":{"x":1}}}',
      'frame/forbidden-key',
    ],
    [
      'the same further down',
      '{"type":"event","event":"add","params":{"a":[{"constructor":{"prototype":{}}}]}}',
      'frame/forbidden-key',
    ],
    [
      'too many keys',
      event(Object.fromEntries(Array.from({ length: 257 }, (_, at) => [`k${at}`, 1]))),
      'frame/too-many-keys',
    ],
    ['too long a list', event({ a: Array(5_001).fill(0) }), 'frame/too-many-keys'],
    ['too long a string', event({ a: 'x'.repeat(32_769) }), 'frame/too-large'],
    ['an event name in capitals', '{"type":"event","event":"Add","params":{}}', 'frame/invalid'],
    [
      'a mount of another origin',
      '{"type":"mount","view":"test.view","url":"//evil.example/","params":{}}',
      'frame/invalid',
    ],
  ])('is answered by its code, and the connection lives: %s', async (_, text, code) => {
    const { client } = await mounted();
    expect(await client.send(text)).toMatchObject([{ type: 'error', code }]);
    expect(client.closedWith).toBeUndefined();
    expect(({} as { x?: number }).x).toBeUndefined();
    expect(await client.send({ type: 'ping' })).toEqual([{ type: 'pong' }]);
  });

  it('of an event is its answer, so that the next one need not wait for it', async () => {
    const { client } = await mounted();
    expect(await client.send('{"type":"event","event":"add","params":{"__proto__":1},"ref":1}')).toEqual([
      { type: 'error', error: expect.any(String), code: 'frame/forbidden-key', ref: 1 },
    ]);
    expect(await client.event('add', {}, 2)).toMatchObject([{ type: 'patch', ref: 2 }]);
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'error', code: 'frame/forbidden-key', ref: 1 }]);
  });

  it('keeps its place among the events around it', async () => {
    const { client } = await mounted();
    const frames = await client.burst([
      { type: 'event', event: 'add', params: {}, ref: 1 },
      { type: 'event', event: 'add', params: 7, ref: 2 },
      { type: 'event', event: 'add', params: {}, ref: 3 },
    ]);
    expect(frames.map((frame) => ('ref' in frame ? frame.ref : 0)).sort()).toEqual([1, 2, 3]);
    expect(frames.find((frame) => 'ref' in frame && frame.ref === 2)).toMatchObject({ code: 'frame/invalid' });
    expect(client.shown).toContain('Count: 2');
  });

  it('says where the fault is in development only', async () => {
    const { client } = await connected({}, { isDevelopment: true });
    const [error] = await client.send('{"type":"mount","view":"test.view","url":"/","params":{"a":1}}');
    expect(error).toMatchObject({
      code: 'frame/invalid',
      at: '/params',
      hint: expect.any(String),
      debug_detail: expect.any(String),
    });
  });
});
