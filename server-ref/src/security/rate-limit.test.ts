import { LIMITS } from '@djust/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey, ConnectionCount, RateLimit } from './rate-limit.ts';

describe('a bucket', () => {
  it('starts full, empties, and fills again with time', () => {
    const limit = new RateLimit(0, 10, 2);
    expect([limit.take(0).ok, limit.take(0).ok, limit.take(0).ok]).toEqual([true, true, false]);
    expect(limit.take(99).ok).toBe(false);
    expect(limit.take(200).ok).toBe(true);
  });

  it('says when to come back, and then takes the message', () => {
    const limit = new RateLimit(0, 10, 1);
    limit.take(0);
    const refused = limit.take(0);
    expect(refused).toEqual({ ok: false, retryAfterMs: 100, isOver: false });
    expect(limit.take(100).ok).toBe(true);
  });

  it('charges what a message costs', () => {
    const limit = new RateLimit(0, 10, 4);
    expect(limit.take(0, 3).ok).toBe(true);
    expect(limit.take(0, 2).ok).toBe(false);
    expect(limit.take(0, 1).ok).toBe(true);
  });

  it('is over at the third strike, and forgives one each 30 s', () => {
    const limit = new RateLimit(0, 0.001, 0);
    const strike = (now: number): boolean => {
      const taken = limit.take(now);
      return !taken.ok && taken.isOver;
    };
    expect([strike(0), strike(0)]).toEqual([false, false]);
    expect(strike(LIMITS.strikeForgivenMs)).toBe(false);
    expect(strike(LIMITS.strikeForgivenMs)).toBe(true);
    expect(strike(10 * LIMITS.strikeForgivenMs)).toBe(false);
  });

  it('never lets more through than burst and rate allow', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 200 }), (gaps) => {
        const limit = new RateLimit(0, 100, 20);
        let now = 0;
        let taken = 0;
        for (const gap of gaps) {
          now += gap;
          if (limit.take(now).ok) taken++;
        }
        expect(taken).toBeLessThanOrEqual(20 + (now / 1000) * 100 + 1e-9);
      }),
    );
  });
});

describe('places for connections', () => {
  it('are given back once, however often that is said', () => {
    const count = new ConnectionCount();
    const first = count.grant('a', 1);
    expect(count.grant('a', 1)).toBeUndefined();
    first?.();
    first?.();
    expect(count.grant('a', 1)).toBeDefined();
    expect(count.grant('a', 1)).toBeUndefined();
  });

  it('are limited for the whole process too', () => {
    const count = new ConnectionCount();
    for (let at = 0; at < LIMITS.connectionsPerProcess; at++) expect(count.grant(`a${at}`)).toBeDefined();
    expect(count.grant('one more')).toBeUndefined();
  });
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
  ['', ''],
])('the address %j is counted as %j', (address, key) => {
  expect(addressKey(address)).toBe(key);
});
