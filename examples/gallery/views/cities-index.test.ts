import { describe, expect, test } from 'vitest';
import { type City, CityIndex, cityIndex, splitAt } from './cities-index.ts';

const city = (name: string, id: number): City => ({ id, name, region: '', country: '', lat: 0, lng: 0 });
const index = new CityIndex(['Yorkshire', 'New York', 'York', 'Zürich', "'Ākra", 'Baden-Baden', 'Bad'].map(city));
const namesOf = (query: string, from = 0, count = 10): string[] =>
  index.search(query, from, count).cities.map((one) => one.name);

describe('a search', () => {
  test('finds names that begin with the query first, then those with a later word that does', () => {
    expect(namesOf('york')).toEqual(['York', 'Yorkshire', 'New York']);
  });

  test('does not mind case, accents and what stands before the first letter', () => {
    expect(namesOf('ZURICH')).toEqual(['Zürich']);
    expect(namesOf('akra')).toEqual(["'Ākra"]);
  });

  test('names a place once, however many of its words match', () => {
    expect(index.search('bad', 0, 10)).toMatchObject({ total: 2 });
    expect(namesOf('bad')).toEqual(['Bad', 'Baden-Baden']);
  });

  test('answers pages that follow each other without gap or repetition', () => {
    const paged = [0, 1, 2, 3].flatMap((from) => namesOf('york', from, 1));
    expect(paged).toEqual(namesOf('york'));
  });

  test('for nothing answers all, by name', () => {
    expect(index.search('  ', 0, 2)).toMatchObject({ total: 7, cities: [{ name: "'Ākra" }, { name: 'Bad' }] });
  });

  test('for what nobody is called answers nothing', () => {
    expect(index.search('xyzzy', 0, 10)).toEqual({ total: 0, cities: [] });
  });
});

test('the part of a name that was found is marked, folded or not', () => {
  expect(splitAt('Zürich', 'zur')).toEqual(['', 'Zür', 'ich']);
  expect(splitAt('New York', 'york')).toEqual(['New ', 'York', '']);
  expect(splitAt('York', '')).toEqual(['York', '', '']);
});

test('all places of the world are searched within a few milliseconds', () => {
  const world = cityIndex();
  expect(world.size).toBeGreaterThan(100_000);
  world.search('a', 0, 20);
  const startedAt = performance.now();
  for (const query of ['s', 'sa', 'san', 'san f', 'e', 'la']) world.search(query, 0, 20);
  // Some 2 ms each; a machine that does other things at the same time may take a multiple of that.
  expect((performance.now() - startedAt) / 6).toBeLessThan(20);
}, 30_000);
