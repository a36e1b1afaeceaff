import { afterEach, describe, expect, it, vi } from 'vitest';
import { openStore } from './open.ts';
import { QuotaError, type Store, type StoreDriver } from './store.ts';

let count = 0;

/** A store of its own for each test, with a clock that stands still. */
async function open(driver: StoreDriver): Promise<{ store: Store; pass(ms: number): void }> {
  let now = 1_000;
  const store = await openStore({ name: `test-${++count}`, driver, owner: 'ann', now: () => now });
  return { store, pass: (ms) => (now += ms) };
}

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

describe.each<StoreDriver>(['idb', 'localStorage', 'memory'])('a store on %s', (driver) => {
  it('says what it is', async () => expect((await open(driver)).store.driver).toBe(driver));

  it.each([
    ['a text', 'täxt 😀'],
    ['an empty text', ''],
    ['a number', -1.5],
    ['zero', 0],
    ['false', false],
    ['null', null],
    ['a list', [1, [2, { three: 3 }]]],
    ['an object', { a: { b: [null, 'c'] } }],
    ['a dangerous key', JSON.parse('{"__proto__":1,"constructor":2}')],
  ])('gives back %s', async (_, value) => {
    const { store } = await open(driver);
    await store.set('key', value);
    expect(await store.get('key')).toEqual(value);
  });

  it.each(['key', '', 'with space', 'a:b/c?d#e', '😀', '__proto__', 'x'.repeat(300)])(
    'takes the name %j',
    async (key) => {
      const { store } = await open(driver);
      await store.set(key, key);
      expect([await store.get(key), await store.keys()]).toEqual([key, [key]]);
    },
  );

  it('knows nothing of what was never there', async () => {
    const { store } = await open(driver);
    expect([await store.get('none'), await store.size(), await store.keys(), await store.entries()]).toEqual([
      undefined,
      0,
      [],
      [],
    ]);
  });

  it('keeps the last of two values', async () => {
    const { store } = await open(driver);
    await store.set('key', 1);
    await store.set('key', 2);
    expect([await store.get('key'), await store.size()]).toEqual([2, 1]);
  });

  it('gives copies, in and out', async () => {
    const { store } = await open(driver);
    const value = { list: [1] };
    await store.set('key', value);
    value.list.push(2);
    (await store.get<typeof value>('key'))?.list.push(3);
    expect(await store.get('key')).toEqual({ list: [1] });
  });

  it('deletes, and deletes again', async () => {
    const { store } = await open(driver);
    await store.set('key', 1);
    await store.delete('key');
    await store.delete('key');
    expect(await store.get('key')).toBeUndefined();
  });

  it('clears itself and no other', async () => {
    const [{ store }, { store: other }] = [await open(driver), await open(driver)];
    await store.set('a', 1);
    await other.set('a', 2);
    await store.clear();
    expect([await store.size(), await other.get('a')]).toEqual([0, 2]);
  });

  it('lists in the order of the names', async () => {
    const { store } = await open(driver);
    for (const key of ['c', 'a', 'b']) await store.set(key, key.toUpperCase());
    expect(await store.entries()).toEqual([
      ['a', 'A'],
      ['b', 'B'],
      ['c', 'C'],
    ]);
  });

  it('forgets a value when its time is over', async () => {
    const { store, pass } = await open(driver);
    await store.set('short', 1, { ttlMs: 100 });
    await store.set('long', 2);
    pass(99);
    expect(await store.get('short')).toBe(1);
    pass(1);
    expect([await store.get('short'), await store.keys(), await store.size()]).toEqual([undefined, ['long'], 1]);
  });

  it('does not count what is over, though nobody asked for it', async () => {
    const { store, pass } = await open(driver);
    await store.set('short', 1, { ttlMs: 100 });
    pass(100);
    expect([await store.size(), await store.entries()]).toEqual([0, []]);
  });

  it('changes several values at once', async () => {
    const { store } = await open(driver);
    await store.set('from', 3);
    await store.set('gone', 1);
    await store.transaction((values) => {
      values.set('from', (values.get('from') as number) - 1);
      values.set('to', 1);
      values.delete('gone');
    });
    expect(Object.fromEntries(await store.entries())).toEqual({ from: 2, to: 1 });
  });

  it('changes nothing when the change throws', async () => {
    const { store } = await open(driver);
    await store.set('key', 1);
    const failing = store.transaction((values) => {
      values.set('key', 2);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await store.get('key')).toBe(1);
  });

  it('keeps the time of a value through a transaction', async () => {
    const { store, pass } = await open(driver);
    await store.set('short', 1, { ttlMs: 100 });
    await store.transaction((values) => values.set('short', 2));
    pass(100);
    expect(await store.get('short')).toBeUndefined();
  });
});

describe('a store that outlives the page', () => {
  it.each<StoreDriver>(['idb', 'localStorage'])('is found again on %s, by its owner only', async (driver) => {
    const name = `again-${++count}`;
    await (await openStore({ name, driver, owner: 'ann' })).set('key', 'hers');
    expect(await (await openStore({ name, driver, owner: 'ann' })).get('key')).toBe('hers');
    expect(await (await openStore({ name, driver, owner: 'bob' })).get('key')).toBeUndefined();
  });

  it('keeps dates, maps and bytes on idb', async () => {
    const { store } = await open('idb');
    const value = { date: new Date(5), map: new Map([[1, new Uint8Array([7])]]) };
    await store.set('key', value);
    expect(await store.get('key')).toEqual(value);
  });
});

describe('localStorage', () => {
  it('refuses a value of more than 64 KB and keeps the old one', async () => {
    const { store } = await open('localStorage');
    await store.set('key', 'old');
    await expect(store.set('key', 'x'.repeat(40_000))).rejects.toBeInstanceOf(QuotaError);
    expect(await store.get('key')).toBe('old');
  });

  it.each([[new Date()], [new Map()], [Number.NaN], [{ deep: [undefined] }]])(
    'refuses what is no JSON: %s',
    async (value) => {
      const { store } = await open('localStorage');
      await expect(store.set('key', value)).rejects.toThrow();
      expect(await store.size()).toBe(0);
    },
  );

  it('passes a full browser on, and changes nothing', async () => {
    const { store } = await open('localStorage');
    await store.set('a', 1);
    const set = Storage.prototype.setItem;
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(function (this: Storage, key, value) {
      if (value.includes('"b"')) throw new DOMException('full', 'QuotaExceededError');
      set.call(this, key, value);
    });
    const failing = store.transaction((values) => {
      values.set('a', 2);
      values.set('b', 'b');
    });
    await expect(failing).rejects.toBeInstanceOf(QuotaError);
    expect(await store.entries()).toEqual([['a', 1]]);
  });
});

describe('the choice by itself', () => {
  it('is idb where that works', async () => {
    expect((await openStore({ name: `auto-${++count}` })).driver).toBe('idb');
  });

  it('is localStorage where there is no database', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    expect((await openStore({ name: `auto-${++count}` })).driver).toBe('localStorage');
  });

  it('is memory where nothing may be stored', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const store = await openStore({ name: `auto-${++count}` });
    await store.set('key', 1);
    expect([store.driver, await store.get('key')]).toEqual(['memory', 1]);
  });
});
