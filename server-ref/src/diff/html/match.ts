import type { Key } from './keys.ts';
import type { HtmlNode, HtmlText, IdSource } from './node.ts';
import type { Siblings, Unit } from './units.ts';

/** One level of two trees, side by side. */
export interface Level {
  readonly old: Siblings;
  readonly now: Siblings;
  /** For each new unit the place of the old one that it continues, or -1. */
  readonly places: readonly number[];
  /** The places of the old ones that nothing continues. */
  readonly removed: readonly number[];
  /** Where a new unit stands that is not the very one it continues, in order. */
  readonly changed: readonly number[];
}

/**
 * Says which unit continues which. Keys decide (a region's id, a row's key with its tag); what has no key is matched
 * from both ends while it looks the same, and then in order, like with like.
 */
export function matchLevel(old: Siblings, now: Siblings, { ids, onDuplicate }: MatchOptions): Level {
  const level = ids.keys.nextLevel();
  const places = new Array<number>(now.units.length).fill(-1);
  const oldLoose = markPlaces(old.units, level);
  const nowLoose = matchKeys(now.units, places, { level, onDuplicate });
  if (oldLoose.length > 0 && nowLoose.length > 0) {
    const matches = matchLoose(
      oldLoose.map((place) => old.units[place] as Unit),
      nowLoose.map((at) => now.units[at] as Unit),
    );
    matches.forEach((match, i) => {
      if (match !== undefined) places[nowLoose[i] as number] = oldLoose[match] as number;
    });
  }
  return levelOf(old, now, places);
}

/** Marks each key with the place of the first unit that has it; answers the places of the units without. */
function markPlaces(units: readonly Unit[], level: number): number[] {
  const loose: number[] = [];
  for (let place = 0; place < units.length; place++) {
    const key = keyOf(units[place] as Unit);
    if (key === null || key.level === level) loose.push(place);
    else key.stand(level, place);
  }
  return loose;
}

/** Finds the marked places of the new units; answers where the others stand that may take what is loose. */
function matchKeys(units: readonly Unit[], places: number[], { level, onDuplicate }: Marks): number[] {
  const loose: number[] = [];
  for (let at = 0; at < units.length; at++) {
    const key = keyOf(units[at] as Unit);
    if (key === null) {
      loose.push(at);
    } else if (key.level !== level) {
      key.stand(level, MET);
    } else if (key.place === MET) {
      onDuplicate(key.text);
      loose.push(at);
    } else {
      places[at] = key.place;
      key.place = MET;
    }
  }
  return loose;
}

/** A level of which it is known what continues what. */
export function levelOf(old: Siblings, now: Siblings, places: readonly number[]): Level {
  const changed: number[] = [];
  let continued = 0;
  for (let at = 0; at < places.length; at++) {
    const place = places[at] as number;
    if (place >= 0) continued++;
    if (place < 0 || old.units[place] !== now.units[at]) changed.push(at);
  }
  const removed = continued === old.units.length ? [] : without(old.units.length, places);
  return { old, now, places, removed, changed };
}

/** The numbers below a limit that are not in a list. */
function without(limit: number, list: readonly number[]): number[] {
  const isIn = new Array<boolean>(limit).fill(false);
  for (const place of list) if (place >= 0) isIn[place] = true;
  const others: number[] = [];
  isIn.forEach((isThere, place) => {
    if (!isThere) others.push(place);
  });
  return others;
}

interface MatchOptions {
  readonly ids: IdSource;
  readonly onDuplicate: (key: string) => void;
}

interface Marks {
  readonly level: number;
  readonly onDuplicate: (key: string) => void;
}

/** In place of a place: the key was met in the new list. */
const MET = -1;

function keyOf(unit: Unit): Key | null {
  if (unit.type === 'element') return unit.key;
  return unit.type === 'region' ? unit.open.key : null;
}

/** For each new unit the place of the old one that stands where it stands, counted from whichever end looks the same. */
function matchLoose(old: readonly Unit[], now: readonly Unit[]): (number | undefined)[] {
  const result = new Array<number | undefined>(now.length);
  let start = 0;
  while (start < old.length && start < now.length && isSame(old[start], now[start])) {
    result[start] = start;
    start++;
  }
  let back = 0;
  while (
    back < old.length - start &&
    back < now.length - start &&
    isSame(old[old.length - 1 - back], now[now.length - 1 - back])
  ) {
    result[now.length - 1 - back] = old.length - 1 - back;
    back++;
  }
  let next = start;
  for (let at = start; at < now.length - back; at++) {
    let candidate = next;
    while (candidate < old.length - back && !isAlike(old[candidate], now[at])) candidate++;
    if (candidate === old.length - back) continue;
    result[at] = candidate;
    next = candidate + 1;
  }
  return result;
}

function isSame(a: Unit | undefined, b: Unit | undefined): boolean {
  return a !== undefined && b !== undefined && a.type !== 'region' && b.type !== 'region' && isEqual(a, b);
}

function isEqual(a: HtmlNode, b: HtmlNode): boolean {
  if (a === b) return true;
  if (a.type !== 'element' || b.type !== 'element')
    return a.type === b.type && (a as HtmlText).text === (b as HtmlText).text;
  return (
    a.tag === b.tag &&
    a.attrs.length === b.attrs.length &&
    a.children.length === b.children.length &&
    a.attrs.every(([name, value], at) => b.attrs[at]?.[0] === name && b.attrs[at]?.[1] === value) &&
    a.children.every((child, at) => isEqual(child, b.children[at] as HtmlNode))
  );
}

/** Can one become the other without being replaced? */
function isAlike(a: Unit | undefined, b: Unit | undefined): boolean {
  if (!a || !b || a.type === 'region') return false;
  if (a.type === 'element' && b.type === 'element') return a.tag === b.tag && a.space === b.space;
  return a.type === b.type;
}
