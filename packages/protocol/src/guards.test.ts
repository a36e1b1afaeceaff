import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from './codec.ts';
import { checkClientFrame, checkShape, isPath } from './guards.ts';
import { type Json, type JsonObject, pointerStep } from './json.ts';
import { LIMITS } from './limits.ts';

const nested = (depth: number, inner: Json = 0): Json => (depth === 0 ? inner : [nested(depth - 1, inner)]);
const event = (params: Json): JsonObject & { type: string } => ({ type: 'event', event: 'save', params, ref: 1 });

describe('the shape of a frame', () => {
  it('may be 32 levels deep and not 33', () => {
    expect(checkShape(nested(LIMITS.maxJsonDepth))).toBeUndefined();
    expect(checkShape(nested(LIMITS.maxJsonDepth + 1))).toMatchObject({ code: 'frame/too-deep' });
    expect(checkShape(nested(LIMITS.maxJsonDepth, 'text'))).toBeUndefined();
    expect(checkShape({ a: nested(LIMITS.maxJsonDepth) })).toMatchObject({ code: 'frame/too-deep' });
  });

  it('may have 256 keys in an object and not 257', () => {
    const keys = (count: number): JsonObject =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at]));
    expect(checkShape(keys(LIMITS.maxJsonKeys))).toBeUndefined();
    expect(checkShape({ a: [keys(LIMITS.maxJsonKeys + 1)] })).toMatchObject({
      code: 'frame/too-many-keys',
      at: '/a/0',
    });
  });

  it('may have 5,000 items in a list and not 5,001', () => {
    expect(checkShape(Array(LIMITS.maxJsonItems).fill(0))).toBeUndefined();
    expect(checkShape({ a: Array(LIMITS.maxJsonItems + 1).fill(0) })).toMatchObject({
      code: 'frame/too-many-keys',
      at: '/a',
    });
  });

  it('may have strings of 32,768 characters and no longer ones', () => {
    expect(checkShape(['x'.repeat(LIMITS.maxJsonStringLength)])).toBeUndefined();
    expect(checkShape([1, 'x'.repeat(LIMITS.maxJsonStringLength + 1)])).toMatchObject({
      code: 'frame/too-large',
      at: '/1',
    });
  });

  it('is bounded before it is walked', () => {
    const bombs = [
      '['.repeat(32_768) + ']'.repeat(32_768),
      `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
      `[${'{},'.repeat(20_000)}{}]`,
    ];
    for (const bomb of bombs) {
      const decoded = decode(`{"type":"event","event":"a","params":{"a":${bomb}}}`);
      expect(decoded.ok && checkClientFrame(decoded.value).ok).toBe(false);
    }
  });

  it('takes all plain JSON within the limits', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        if (/"(__proto__|constructor|prototype)":/.test(text)) return;
        expect(checkShape(JSON.parse(text))).toBeUndefined();
      }),
    );
  });
});

describe('keys that could reach a prototype', () => {
  const payloads: string[] = [];
  for (const key of ['__proto__', 'constructor', 'prototype', '\\u005f_proto__', '__proto\\u005f_']) {
    payloads.push(
      `{"${key}":1}`,
      `{"${key}":{"admin":true}}`,
      `{"a":{"${key}":null}}`,
      `[{"${key}":[]}]`,
      `{"a":[{"b":{"${key}":{}}}]}`,
      `{"a":1,"${key}":1,"a":2}`,
      `{"${key}":{"${key}":{"x":1}}}`,
      `[[[[{"${key}":"x"}]]]]`,
    );
  }

  it('are refused in each of 40 payloads, and nothing is polluted', () => {
    expect(payloads).toHaveLength(40);
    for (const payload of payloads) {
      const text = `{"type":"event","event":"save","params":{"p":${payload}},"ref":1}`;
      const decoded = decode(text);
      expect(decoded.ok && checkClientFrame(decoded.value), payload).toMatchObject({
        ok: false,
        fault: { code: 'frame/forbidden-key' },
      });
      expect(({} as JsonObject).admin).toBeUndefined();
      expect(({} as JsonObject).x).toBeUndefined();
    }
  });

  it('are refused at the top too', () => {
    const decoded = decode('{"type":"ping","__proto__":{"type":"mount"}}');
    expect(decoded.ok && checkClientFrame(decoded.value)).toMatchObject({
      fault: { code: 'frame/forbidden-key', at: '/__proto__' },
    });
  });

  it('are no keys when they are values or parts of names', () => {
    expect(checkShape({ a: '__proto__', my_constructor: 1, prototypes: ['constructor'] })).toBeUndefined();
  });
});

describe('refs', () => {
  it.each<[Json, boolean]>([
    [1, true],
    [2, true],
    [Number.MAX_SAFE_INTEGER, true],
    [0, false],
    [-1, false],
    [1.5, false],
    [2 ** 53, false],
    ['1', false],
    [null, false],
    [true, false],
    [[1], false],
    [{}, false],
  ])('%j', (ref, isTaken) => {
    expect(checkClientFrame({ ...event({}), ref }).ok).toBe(isTaken);
  });

  it('that JSON cannot hold are no refs', () => {
    const decoded = decode('{"type":"event","event":"a","params":{},"ref":1e999}');
    expect(decoded.ok && checkClientFrame(decoded.value)).toMatchObject({ ok: false, fault: { at: '/ref' } });
  });
});

describe('event names', () => {
  it.each<[string, boolean]>([
    ['save', true],
    ['save_item_2', true],
    ['constructor', true],
    ['a'.repeat(64), true],
    ['a'.repeat(65), false],
    ['', false],
    ['Save', false],
    ['2nd', false],
    ['_save', false],
    ['save-item', false],
    ['save\n', false],
    ['ſave', false],
    ['sаve', false],
  ])('%j', (name, isTaken) => {
    expect(checkClientFrame({ ...event({}), event: name }).ok).toBe(isTaken);
  });
});

describe('the marks of the extensions', () => {
  const mount = (ext: Json): JsonObject & { type: string } => ({
    type: 'mount',
    view: 'a.b',
    url: '/',
    params: {},
    ext,
  });
  const ext = { v: 1, features: ['ack'], client_id: 'abcdefgh', session: null, version: 0, ref: 0, acked: 0 };

  it('are zero and null when they are left out', () => {
    const { v, features, client_id } = ext;
    expect(checkClientFrame(mount({ v, features, client_id }))).toMatchObject({ ok: true, value: { ext } });
  });

  it.each(['version', 'ref', 'acked'])('are no negative, broken or huge numbers: %s', (name) => {
    for (const value of [-1, 0.5, 2 ** 53, '0', null, []]) {
      expect(checkClientFrame(mount({ ...ext, [name]: value }))).toMatchObject({ fault: { at: `/ext/${name}` } });
    }
    expect(checkClientFrame(mount({ ...ext, [name]: 7 })).ok).toBe(true);
  });

  it.each<[string, boolean]>([
    ['abcdefgh', true],
    ['A-b_9'.repeat(12), true],
    ['abcdefg', false],
    ['a'.repeat(65), false],
    ['abc defgh', false],
    ['abcdefg\n', false],
    ['../../etc', false],
  ])('client id %j', (client_id, isTaken) => {
    expect(checkClientFrame(mount({ ...ext, client_id })).ok).toBe(isTaken);
  });
});

describe('a mount', () => {
  it('keeps only what it understands of the rest', () => {
    const frame = {
      type: 'mount',
      view: 'a.b',
      client_timezone: 7,
      has_prerendered: 'yes',
      target_id: '',
      state_snapshot: 'x',
    };
    expect(checkClientFrame(frame)).toEqual({ ok: true, value: { type: 'mount', view: 'a.b', url: '/', params: {} } });
  });

  it.each(['a.b', 'shop.cart.Line_2', '_a._b'])('may name the view %s', (view) => {
    expect(checkClientFrame({ type: 'mount', view }).ok).toBe(true);
  });

  it.each(['a', 'a.', '.a', 'a..b', 'a.b-c', 'a.b\n', 'a/b', '1.a', 'a.b '.repeat(60)])(
    'may not name the view %j',
    (view) => {
      expect(checkClientFrame({ type: 'mount', view })).toMatchObject({ fault: { at: '/view' } });
    },
  );
});

describe('a path of this origin', () => {
  it.each<[unknown, boolean]>([
    ['/', true],
    ['/a/b/', true],
    ['/a?b=c&d=//e', true],
    ['/a#b', true],
    ['/a/..b/...', true],
    ['/a?x=../..', true],
    ['/a?x=%2e%2e/', true],
    ['/%C3%BC/ü', true],
    ['/a//b', true],
    [`/${'a'.repeat(LIMITS.maxUrlLength - 1)}`, true],
    [`/${'a'.repeat(LIMITS.maxUrlLength)}`, false],
    ['', false],
    ['a', false],
    ['//evil.example', false],
    ['///evil.example', false],
    ['https://evil.example/', false],
    ['javascript:alert(1)', false],
    ['/\\evil.example', false],
    ['\\\\evil.example', false],
    ['/a/../b', false],
    ['/..', false],
    ['/a/%2e%2e/b', false],
    ['/a/%2E./b', false],
    ['/a/.%2e', false],
    ['/a\r\nSet-Cookie: x=1', false],
    ['/a\tb', false],
    ['/a\u0000', false],
    ['/a\u007f', false],
    [' /a', false],
    [null, false],
    [7, false],
    [['/'], false],
  ])('%j: %s', (path, isOurs) => {
    expect(isPath(path)).toBe(isOurs);
  });

  it('stays on this origin when a browser resolves it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('/', '\\', '.', '%2e', ':', '@', '?', '#', 'a', '\t', ' ') }),
        (rest) => {
          const path = `/${rest}`;
          if (!isPath(path)) return;
          const url = new URL(path, 'https://app.example/deep/page');
          expect(url.origin).toBe('https://app.example');
          expect(url.href.startsWith('https://app.example/')).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('text frames', () => {
  it.each(['', '{', 'null', '[]', '"x"', '7', 'true', '[{"type":"ping"}]', '{"type":"ping"}{"type":"ping"}', '\u0000'])(
    'that are no JSON object are refused: %j',
    (text) => {
      expect(decode(text)).toMatchObject({ ok: false, fault: { code: 'frame/not-json' } });
    },
  );

  it.each(['{}', '{"type":null}', '{"type":7}', '{"Type":"ping"}'])('without a type are refused: %s', (text) => {
    expect(decode(text)).toMatchObject({ ok: false, fault: { code: 'frame/invalid', at: '/type' } });
  });

  it('never make the guards throw, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.constantFrom('event', 'mount', 'mount_batch', 'url_change', 'upload_register', 'x'),
        (json, type) => {
          const value = JSON.parse(json) as Json;
          const fields =
            typeof value === 'object' && value !== null && !Array.isArray(value)
              ? value
              : { params: value, views: value, ext: value };
          const checked = checkClientFrame({ ...fields, type });
          if (!checked.ok) expect(checked.fault.at).toMatch(/^\//);
        },
      ),
    );
  });
});

it('a step of a JSON pointer is escaped', () => {
  expect(['a', 0, 'a/b', 'a~b', '~1', ''].map(pointerStep)).toEqual(['/a', '/0', '/a~1b', '/a~0b', '/~01', '/']);
});
