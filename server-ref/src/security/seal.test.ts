import { describe, expect, it } from 'vitest';
import { sealRing } from './seal.ts';

const SECRETS = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(32)) as [string, string, string, string];
const bytes = (text: string): Buffer => Buffer.from(text);

describe('what is sealed', () => {
  it('is opened for the purpose it was sealed for, and for no other', () => {
    const ring = sealRing([SECRETS[0]]);
    const sealed = ring.seal(bytes('five'), 'cart of Ann');
    expect(ring.open(sealed, 'cart of Ann')).toEqual({ ok: true, bytes: bytes('five') });
    expect(ring.open(sealed, 'cart of Ben')).toEqual({ ok: false, reason: 'broken' });
  });

  it('cannot be read, and is never the same twice', () => {
    const ring = sealRing([SECRETS[0]]);
    const texts = Array.from({ length: 50 }, () => ring.seal(bytes('the secret of Ann'), 'p'));
    expect(new Set(texts).size).toBe(50);
    for (const text of texts) expect(Buffer.from(text.slice(7), 'base64url').includes('Ann'), 'readable').toBe(false);
  });

  it('is refused when any sign of it was changed, cut off or put behind it', () => {
    const ring = sealRing([SECRETS[0]]);
    const sealed = ring.seal(bytes('{"count":5}'), 'p');
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      const isSameBytes =
        at > 6 && Buffer.from(changed.slice(7), 'base64url').equals(Buffer.from(sealed.slice(7), 'base64url'));
      if (!isSameBytes) expect(ring.open(changed, 'p').ok, `at ${at}`).toBe(false);
      expect(ring.open(sealed.slice(0, at), 'p').ok, `cut at ${at}`).toBe(false);
    }
    expect(ring.open(`${sealed}AAAA`, 'p').ok).toBe(false);
  });

  it('outlives two new keys and no third', () => {
    const sealed = sealRing([SECRETS[0]]).seal(bytes('old'), 'p');
    expect(sealRing([SECRETS[2], SECRETS[1], SECRETS[0]]).open(sealed, 'p')).toMatchObject({ ok: true });
    expect(sealRing([SECRETS[3], SECRETS[2], SECRETS[1]]).open(sealed, 'p')).toEqual({
      ok: false,
      reason: 'unknown-key',
    });
  });
});

describe('a ring', () => {
  it('is refused when it is empty, too long, or has a secret that can be guessed', () => {
    for (const secrets of [[], SECRETS, ['short']])
      expect(() => sealRing(secrets)).toThrow(expect.objectContaining({ code: 'config/invalid' }));
  });
});
