import { describe, expect, it } from 'vitest';
import { agree, EXT_VERSION, type ExtFeature, type ExtOffer, FEATURES } from './extensions.ts';

const offer = (...features: string[]): ExtOffer => ({ v: EXT_VERSION, features: features as ExtFeature[] });

describe('both sides agree', () => {
  it('on what they share, in our order', () => {
    expect(agree(offer('ops', 'ack'))).toEqual(['ack', 'ops']);
    expect(agree(offer(...FEATURES))).toEqual([...FEATURES]);
    expect(agree(offer('ops', 'ack', 'resume'), ['resume', 'ops'])).toEqual(['resume', 'ops']);
  });

  it('on nothing that only one of them knows', () => {
    expect(agree(offer('ack', 'telepathy', '__proto__'))).toEqual(['ack']);
    expect(agree(offer('ack', 'ack'))).toEqual(['ack']);
  });

  it.each<[string, unknown]>([
    ['without an offer', undefined],
    ['of another version', { v: EXT_VERSION + 1, features: ['ack'] }],
    ['without a version', { features: ['ack'] }],
    ['with a version as text', { v: '1', features: ['ack'] }],
    ['without a list', { v: EXT_VERSION, features: 'ack' }],
    ['with nothing in common', { v: EXT_VERSION, features: ['telepathy'] }],
    ['with an empty list', { v: EXT_VERSION, features: [] }],
  ])('on nothing at all %s', (_, given) => {
    expect(agree(given as ExtOffer)).toBeUndefined();
  });

  it('on nothing at all when we want nothing', () => {
    expect(agree(offer(...FEATURES), [])).toBeUndefined();
  });
});
