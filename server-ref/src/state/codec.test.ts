import * as zlib from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogEntry } from '../logger.ts';
import { decodeRecord, encodeRecord } from './codec.ts';
import { largeStates } from './large-states.ts';
import { record } from './store.contract.ts';

// Counted, and otherwise as they are.
vi.mock('node:zlib', async (importActual) => {
  const actual = await importActual<typeof import('node:zlib')>();
  return { ...actual, deflateRawSync: vi.fn(actual.deflateRawSync), inflateRawSync: vi.fn(actual.inflateRawSync) };
});
beforeEach(() => {
  vi.clearAllMocks();
});

/** A record whose JSON has so many characters. */
function ofSize(length: number, fill = 'x'): ReturnType<typeof record> {
  const empty = record({ state: { text: '' } });
  return record({ state: { text: fill.repeat(length).slice(0, length - JSON.stringify(empty).length) } });
}

describe('a record', () => {
  it('is written as it is below 8,192 characters, and packed from there', async () => {
    expect((await encodeRecord(ofSize(8_191)))[0]).toBe('0');
    expect((await encodeRecord(ofSize(8_192)))[0]).toBe('1');
  });

  it('that does not become smaller is written as it is', async () => {
    const noise = Buffer.from(Array.from({ length: 30_000 }, () => Math.floor(Math.random() * 256))).toString('base64');
    const written = await encodeRecord(record({ state: { noise } }));
    expect([written[0], await decodeRecord(written)]).toEqual(['0', record({ state: { noise } })]);
  });

  it.each([
    [65_535, 1],
    [65_536, 0],
    [500_000, 0],
  ])('of %i characters is packed by the thread that serves everybody %i times', async (length, times) => {
    const written = encodeRecord(ofSize(length));
    expect(typeof written).toBe(times === 1 ? 'string' : 'object');
    await written;
    expect(zlib.deflateRawSync).toHaveBeenCalledTimes(times);
  });

  it('that is large when packed is unpacked in another thread', async () => {
    const noise = Array.from({ length: 120_000 }, () => Math.floor(Math.random() * 16).toString(16)).join('');
    const one = record({ state: { noise } });
    expect(await decodeRecord(await encodeRecord(one))).toEqual(one);
    expect(zlib.inflateRawSync).not.toHaveBeenCalled();
  });

  it.each([100, 8_192, 65_536, 900_000])('of %i characters comes back whole', async (length) => {
    const one = ofSize(length, 'ä👍');
    expect(await decodeRecord(await encodeRecord(one))).toEqual(one);
  });

  it.each(['', '1', '1AAAA', '0{', '2abc', '1!!!!'])('written as %j is none', async (stored) => {
    expect(await decodeRecord(stored)).toBeUndefined();
  });

  it('that unpacks to far more than a record can be is none', async () => {
    const { deflateRawSync } = await import('node:zlib');
    const bomb = deflateRawSync(Buffer.alloc(20_000_000, '1')).toString('base64');
    expect(await decodeRecord(`1${bomb}`)).toBeUndefined();
  });
});

it('a view that keeps much is told of once, and once more when it is too much, with its largest fields', async () => {
  const log: LogEntry[] = [];
  const told = largeStates((entry) => log.push(entry));
  for (const length of [49_999, 50_000, 60_000, 100_000, 200_000]) await encodeRecord(ofSize(length), told);
  expect(log).toMatchObject([
    { level: 'info', view: 'test.view', bytes: 50_000 },
    { level: 'warn', view: 'test.view', bytes: 100_000, fields: [{ field: 'text' }] },
  ]);
  expect(JSON.stringify(log)).not.toContain('xxx');
});

it('the warning names the five fields that it comes from, the largest one first', () => {
  const log: LogEntry[] = [];
  const state = Object.fromEntries([30, 70, 10, 60, 20, 50, 40].map((kb) => [`of${kb}`, 'x'.repeat(kb * 1_000)]));
  largeStates((entry) => log.push(entry))(record({ state }), 280_000);
  const [{ fields }] = log as unknown as [{ fields: { field: string; bytes: number }[] }];
  expect(fields.map(({ field }) => field)).toEqual(['of70', 'of60', 'of50', 'of40', 'of30']);
  expect(fields[0]?.bytes).toBe(70_002);
});
