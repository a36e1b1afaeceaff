import { type Level, matchLevel } from './match.ts';
import { attributeOf, boundary, type HtmlElement, type HtmlNode, type IdSource } from './node.ts';
import { elementOf, toUnits, type Unit } from './units.ts';

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
  /** New elements that are the very objects of the old tree. */
  readonly reused: ReadonlySet<HtmlElement>;
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
  const oldUnits = toUnits(old.children);
  const isReplaced =
    attributeOf(old, 'data-djust-replace') !== undefined && attributeOf(now, 'data-djust-replace') !== undefined;
  if (mode === 'append' || mode === 'prepend') pileUp(old, now, mode);
  walkLevel(
    isReplaced ? [] : oldUnits,
    toUnits(now.children),
    isReplaced ? oldUnits : [],
    { parent: now, path, container: now.id },
    emitter,
    options,
  );
}

interface Place {
  parent: HtmlElement;
  path: readonly number[];
  container: string;
}

function walkLevel(
  old: readonly Unit[],
  now: readonly Unit[],
  gone: readonly Unit[],
  place: Place,
  emitter: Emitter,
  options: WalkOptions,
): void {
  const matched = matchLevel(old, now, options.onDuplicate);
  const level = gone.length > 0 ? { ...matched, old: gone, removed: gone } : matched;
  now.forEach((unit, at) => {
    ownUnit(unit, old[level.places[at] as number], place.parent, options);
  });
  emitter.level(level, place.parent, place.path, place.container);
  now.forEach((unit, at) => {
    const before = old[level.places[at] as number];
    if (!before) return;
    if (unit.kind === 'region' && before.kind === 'region') {
      unit.open.own = before.open.own;
      walkLevel(before.units, unit.units, [], { ...place, container: unit.open.own }, emitter, options);
    }
    const [oldElement, nowElement] = [elementOf(before), elementOf(unit)];
    if (oldElement && nowElement && oldElement !== nowElement) {
      walk(oldElement, nowElement, [...place.path, unit.index], emitter, options);
    }
  });
}

/**
 * An element that was taken over from the old tree and does not continue itself gets a body of its own: the old one may
 * still be compared elsewhere, and an id can only be in one place.
 */
function ownUnit(unit: Unit, before: Unit | undefined, parent: HtmlElement, options: WalkOptions): void {
  if (unit.kind === 'region') {
    if (!before) for (const inner of unit.units) ownUnit(inner, undefined, parent, options);
    return;
  }
  const { node } = unit;
  if (node.type !== 'element' || (before && elementOf(before) === node)) return;
  const own = options.reused.has(node) ? copyWithIds(node, options.ids) : node;
  // What comes in anew may hold such elements further down.
  if (!before && own === node) ownChildren(own, options);
  if (own === node) return;
  parent.children[unit.index] = own;
  (unit as { node: HtmlNode }).node = own;
}

function ownChildren(parent: HtmlElement, options: WalkOptions): void {
  if (options.reused.size === 0) return;
  parent.children.forEach((child, at) => {
    if (child.type !== 'element') return;
    if (options.reused.has(child)) parent.children[at] = copyWithIds(child, options.ids);
    else ownChildren(child, options);
  });
}

function copyWithIds(element: HtmlElement, ids: IdSource): HtmlElement {
  const id = ids.next();
  const children = element.children.map((child) => {
    if (child.type === 'element') return copyWithIds(child, ids);
    return child.type === 'boundary' ? boundary(child.text, ids) : child;
  });
  return { ...element, id, children };
}

/** In a container that piles up, what was there stays; known children (by id) are updated, new ones come to one end. */
function pileUp(old: HtmlElement, now: HtmlElement, mode: 'append' | 'prepend'): void {
  const fresh = new Map(
    now.children.flatMap((child) => (child.type === 'element' && child.key ? [[child.key, child]] : [])),
  );
  const kept = old.children.map((child) => {
    const update = child.type === 'element' && child.key ? fresh.get(child.key) : undefined;
    if (update) fresh.delete(update.key as string);
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
