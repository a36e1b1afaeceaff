import type { HtmlNode, HtmlText } from './node.ts';
import type { Siblings, Unit } from './units.ts';

/** One level of two trees, side by side. */
export interface Level {
  readonly old: Siblings;
  readonly now: Siblings;
  /** For each new unit the place of the old one that it continues, or -1. */
  readonly places: readonly number[];
  /** The places of the old ones that nothing continues. */
  readonly removed: readonly number[];
}

/**
 * Says which unit continues which. Keys decide (a region's id, a row's key with its tag); what has no key is matched
 * from both ends while it looks the same, and then in order, like with like.
 */
export function matchLevel(before: Siblings, after: Siblings, onDuplicate: (key: string) => void): Level {
  const old = before.units;
  const now = after.units;
  const places = new Array<number>(now.length).fill(-1);
  const isTaken = new Uint8Array(old.length);
  const take = (at: number, place: number): void => {
    places[at] = place;
    isTaken[place] = 1;
  };
  // The place in the old list of each key, until it is met in the new one.
  const byKey = new Map<string, number>();
  const oldLoose: number[] = [];
  old.forEach((unit, place) => {
    const key = keyOf(unit);
    if (key === undefined || byKey.has(key)) oldLoose.push(place);
    else byKey.set(key, place);
  });
  const nowLoose: number[] = [];
  now.forEach((unit, at) => {
    const key = keyOf(unit);
    if (key === undefined) {
      nowLoose.push(at);
      return;
    }
    const place = byKey.get(key);
    if (place === MET) {
      onDuplicate(key);
      nowLoose.push(at);
      return;
    }
    byKey.set(key, MET);
    if (place !== undefined) take(at, place);
  });
  const matches = matchLoose(
    oldLoose.map((place) => old[place] as Unit),
    nowLoose.map((at) => now[at] as Unit),
  );
  matches.forEach((match, i) => {
    if (match !== undefined) take(nowLoose[i] as number, oldLoose[match] as number);
  });
  const removed: number[] = [];
  isTaken.forEach((taken, place) => {
    if (taken === 0) removed.push(place);
  });
  return { old: before, now: after, places, removed };
}

const MET = -1;

function keyOf(unit: Unit): string | undefined {
  if (unit.type === 'region') return `region ${unit.id}`;
  return unit.type === 'element' && unit.key !== null ? unit.key : undefined;
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
