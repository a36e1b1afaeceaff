import { describe, expect, it } from 'vitest';
import { HINTS, PUBLIC_TEXTS, publicText } from './error-texts.ts';
import { DjustError, ERRORS, type ErrorCode, fail, faultOf, faultOrigin } from './errors.ts';

const codes = Object.keys(ERRORS) as ErrorCode[];

describe('every error code', () => {
  it.each(codes)('%s reads room/what and says who has to act', (code) => {
    expect(code).toMatch(/^[a-z]+\/[a-z-]+$/);
    expect(['app', 'network', 'server', 'djust']).toContain(ERRORS[code]);
  });

  it.each(codes)('%s has a hint of whole sentences', (code) => {
    expect(HINTS[code]).toMatch(/^(?:[A-Z`]|on\*).*\.$/);
  });

  it('has no hint but its own', () => {
    expect(Object.keys(HINTS).sort()).toEqual([...codes].sort());
    expect(new Set(Object.values(HINTS)).size).toBe(codes.length);
  });
});

describe('what a user may read', () => {
  it('is a sentence without codes', () => {
    for (const text of Object.values(PUBLIC_TEXTS)) expect(text).toMatch(/^[A-Z][^/_`]*\.$/);
  });

  it('is the same for everything that is not theirs to know', () => {
    expect(publicText('dom/bad-op')).toBe(publicText('server/internal'));
    expect(publicText('event/denied')).toBe('You may not do this.');
  });

  it('exists only for codes that exist', () => {
    for (const code of Object.keys(PUBLIC_TEXTS)) expect(codes).toContain(code);
  });
});

describe('a fault', () => {
  it('is plain data, with only what is known', () => {
    expect(faultOf('event/params')).toEqual({ code: 'event/params' });
    expect(fail('event/params', '/a', 'b')).toEqual({
      ok: false,
      fault: { code: 'event/params', at: '/a', detail: 'b' },
    });
  });

  it('that is thrown keeps code, culprit and cause', () => {
    const cause = new Error('cause');
    const error = new DjustError(faultOf('config/invalid', 'pages', 'begin with /'), { cause });
    expect(error).toMatchObject({ name: 'DjustError', code: 'config/invalid', at: 'pages', cause });
    expect(faultOrigin(error.code)).toBe('app');
    expect(error.message).toBe('config/invalid at pages: begin with /');
    expect(new DjustError(faultOf('server/internal')).message).toBe('server/internal');
  });
});
