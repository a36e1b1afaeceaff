import type { Key } from './keys.ts';
import { type Level, levelOf, matchLevel } from './match.ts';
import { attributeOf, boundary, type HtmlElement, type IdSource } from './node.ts';
import { indexOf, NO_SIBLINGS, type Siblings, toSiblings, type Unit } from './units.ts';

/** What is told of two trees that are compared; one emitter per form of patches. */
export interface Emitter {
  /** An attribute differs; null means that it is gone. */
  attribute(element: HtmlElement, path: readonly number[], name: string, value: string | null): void;
  /**
   * The children of one parent, or of a region in it, are matched. Called before anything inside of them.
   * @param container  the parent itself, or the region's own id
   */
  level(level: Level, parent: HtmlElement, path: readonly number[], container: string): void;
}

export interface WalkOptions {
  readonly ids: IdSource;
  readonly onDuplicate: (key: string) => void;
}

/** Compares an element with what it has become, and all that is below. Matched elements inherit the old id. */
export function walk(
  old: HtmlElement,
  now: HtmlElement,
  path: readonly number[],
  emitter: Emitter,
  options: WalkOptions,
): void {
  now.id = old.id;
  compareAttributes(old, now, path, emitter);
  const mode = attributeOf(now, 'dj-update');
  if ((mode === 'ignore' || mode === 'stream') && attributeOf(old, 'dj-update') === mode) {
    now.children.splice(0, now.children.length, ...old.children);
    return;
  }
  const before = toSiblings(old.children);
  const isReplaced =
    attributeOf(old, 'data-djust-replace') !== undefined && attributeOf(now, 'data-djust-replace') !== undefined;
  if (mode === 'append' || mode === 'prepend') pileUp(old, now, mode);
  const at = { parent: now, path, container: now.id };
  const after = toSiblings(now.children);
  if (isReplaced) replaceLevel(before, after, at, emitter, options);
  else walkLevel(before, after, at, emitter, options);
}

interface Place {
  parent: HtmlElement;
  path: readonly number[];
  container: string;
}

function walkLevel(old: Siblings, now: Siblings, at: Place, emitter: Emitter, options: WalkOptions): void {
  const level = matchLevel(old, now, options);
  ownUnits(level, at.parent, options.ids);
  emitter.level(level, at.parent, at.path, at.container);
  for (const index of level.changed) {
    const place = level.places[index] as number;
    if (place < 0) continue;
    const before = old.units[place] as Unit;
    const unit = now.units[index] as Unit;
    if (unit.type === 'region' && before.type === 'region') {
      unit.open.own = before.open.own;
      walkLevel(before.inside, unit.inside, { ...at, container: unit.open.own }, emitter, options);
    } else if (unit.type === 'element' && before.type === 'element') {
      walk(before, unit, [...at.path, indexOf(now, index)], emitter, options);
    }
  }
}

/** Nothing of the old children goes on: they all leave, and the new ones come. */
function replaceLevel(old: Siblings, now: Siblings, at: Place, emitter: Emitter, options: WalkOptions): void {
  // With nothing to continue, but a key that stands twice is told here, too.
  const { places } = matchLevel(NO_SIBLINGS, now, options);
  const level = levelOf(old, now, places);
  ownUnits(level, at.parent, options.ids);
  emitter.level(level, at.parent, at.path, at.container);
}

/**
 * An element that was taken over from the old tree and does not continue itself gets a body of its own: the old one may
 * still be compared elsewhere, and an id can only be in one place.
 */
function ownUnits({ now, places, changed }: Level, parent: HtmlElement, ids: IdSource): void {
  for (const at of changed) {
    const unit = now.units[at] as Unit;
    if ((places[at] as number) < 0) ownNewcomer(now, at, parent, ids);
    else if (unit.type === 'element' && isReused(unit, ids)) put(copyWithIds(unit, ids), now, at, parent);
  }
}

/** What comes in anew may hold such elements further down. */
function ownNewcomer(siblings: Siblings, at: number, parent: HtmlElement, ids: IdSource): void {
  const unit = siblings.units[at] as Unit;
  if (unit.type === 'region')
    unit.inside.units.forEach((_, inner) => void ownNewcomer(unit.inside, inner, parent, ids));
  else if (unit.type !== 'element') return;
  else if (isReused(unit, ids)) put(copyWithIds(unit, ids), siblings, at, parent);
  else ownChildren(unit, ids);
}

function ownChildren({ children }: HtmlElement, ids: IdSource): void {
  children.forEach((child, at) => {
    if (child.type !== 'element') return;
    if (isReused(child, ids)) children[at] = copyWithIds(child, ids);
    else ownChildren(child, ids);
  });
}

const isReused = ({ born }: HtmlElement, { reading }: IdSource): boolean => born !== reading;

function put(element: HtmlElement, siblings: Siblings, at: number, parent: HtmlElement): void {
  siblings.units[at] = element;
  parent.children[indexOf(siblings, at)] = element;
}

function copyWithIds(element: HtmlElement, ids: IdSource): HtmlElement {
  const id = ids.next();
  const children = element.children.map((child) => {
    if (child.type === 'element') return copyWithIds(child, ids);
    return child.type === 'boundary' ? boundary(child.text, ids) : child;
  });
  return { ...element, id, children, born: ids.reading };
}

/** In a container that piles up, what was there stays; known children (by id) are updated, new ones come to one end. */
function pileUp(old: HtmlElement, now: HtmlElement, mode: 'append' | 'prepend'): void {
  const fresh = new Map(
    now.children.flatMap((child) => (child.type === 'element' && child.key ? [[child.key, child]] : [])),
  );
  const kept = old.children.map((child) => {
    const update = child.type === 'element' && child.key ? fresh.get(child.key) : undefined;
    if (update) fresh.delete(update.key as Key);
    return update ?? child;
  });
  const added = [...fresh.values()];
  now.children.splice(0, now.children.length, ...(mode === 'append' ? [...kept, ...added] : [...added, ...kept]));
}

function compareAttributes(old: HtmlElement, now: HtmlElement, path: readonly number[], emitter: Emitter): void {
  for (const [name, value] of now.attrs) {
    if (attributeOf(old, name) !== value) emitter.attribute(now, path, name, value);
  }
  for (const [name] of old.attrs) {
    if (attributeOf(now, name) === undefined) emitter.attribute(now, path, name, null);
  }
}
