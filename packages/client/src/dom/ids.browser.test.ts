import { toBase62 } from '@djust/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { page } from '../../test/page.ts';
import { keyOf } from './ids.ts';

describe('the key of an id', () => {
  it('is the number that the server wrote', () =>
    fc.assert(fc.property(fc.nat({ max: 62 ** 8 - 1 }), (number) => keyOf(toBase62(number)) === number)));

  it.each(['', '00', '01', 'a-b', 'a_b', 'a b', 'é', 'ſ', 'Infinity1', '-1', '1.5', ' 1'])(
    'is the id itself where it says no number: %j',
    (id) => expect(keyOf(id)).toBe(id),
  );
});

describe('the index finds', () => {
  const live = page('<p dj-id="1"></p><p dj-id="01"></p><p dj-id="row-1"></p><p dj-id="Z"></p>');
  const at = (place: number): Element => live.root.children[place] as Element;

  it.each([
    ['1', 0],
    [1, 0],
    ['01', 1],
    ['row-1', 2],
    ['Z', 3],
    [61, 3],
  ])('%j', (id, place) => expect(live.index.get(id)).toBe(at(place)));

  it.each(['0', 0])('the root as %j, which bears no id', (id) => expect(live.index.get(id)).toBe(live.root));

  it.each([2, -1, Number.NaN, '', 'z', undefined])('nothing as %j', (id) =>
    expect(live.index.get(id as string)).toBeUndefined(),
  );

  it('a region under its new id, and no longer under the old one', () => {
    const other = page('<!--dj-if id="a"--><!--/dj-if-->');
    const comment = other.root.firstChild as Comment;
    expect(other.apply({ type: 'SetText', path: [0], text: 'dj-if id="b"' })).toMatchObject({ ok: true });
    expect([other.index.get('a'), other.index.get('b')]).toEqual([undefined, comment]);
  });
});
