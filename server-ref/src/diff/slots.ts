import { OP, toBase62 } from '@djust/protocol';
import type { AttributePart, RunPart } from '../view/compile.ts';
import { compile } from '../view/compile.ts';
import { RawHtml, Repeat, TemplateResult } from '../view/html.ts';
import {
  addressOf,
  attributeValue,
  type Entry,
  entriesOf,
  type Instance,
  isInstance,
  isList,
  isListValue,
  isText,
  type List,
  Region,
  type Row,
  textOf,
} from '../view/tree.ts';
import { staying } from './keyed.ts';
import { Newcomers, type Update } from './newcomers.ts';

/**
 * Compares what a view looked like with what it looks like now, value by value, and writes down the difference as
 * operations. The tree is brought up to date on the way. When it throws, the tree is half new: throw it away.
 */
export function updateRegion(region: Region, value: unknown, update: Update): void {
  const { content, container } = region;
  if (value instanceof TemplateResult) {
    if (isInstance(content) && content.template === compile(value)) {
      return updateInstance(content, value.values, update);
    }
  } else if (isListValue(value)) {
    if (isList(content)) return updateList(content, value, container, update);
  } else if (value instanceof RawHtml) {
    if (content instanceof RawHtml && content.html === value.html) return;
  } else if (content === undefined || typeof content === 'string') {
    const text = textOf(value);
    if (text === (content ?? '')) return;
    region.content = text === '' ? undefined : text;
    update.out.push(OP.text, container, text);
    return;
  }
  update.out.push(OP.html, container, update.renderer.fill(region, value));
}

function updateInstance(instance: Instance, values: readonly unknown[], update: Update): void {
  for (const part of instance.template.parts) {
    if (part.kind === 'attribute') updateAttribute(part, instance, values, update);
    else updateRun(part, instance, values, update);
  }
}

function updateAttribute(
  part: AttributePart,
  { slots, base }: Instance,
  values: readonly unknown[],
  update: Update,
): void {
  if (part.pieces.every((piece) => typeof piece === 'string' || Object.is(slots[piece], values[piece]))) return;
  const before = attributeValue(part, slots, () => {});
  const after = attributeValue(part, values, update.renderer.warn);
  for (const piece of part.pieces) if (typeof piece === 'number') slots[piece] = values[piece];
  if (before !== after) update.out.push(OP.attr, toBase62(base + part.id), part.name, after);
}

/** Text that several values share is written anew when one of them changes; regions look after themselves. */
function updateRun(part: RunPart, instance: Instance, values: readonly unknown[], update: Update): void {
  const { slots } = instance;
  let code: typeof OP.text | typeof OP.textAfter = part.address.code;
  let id = addressOf(part, instance);
  let start = 0;
  for (let at = 0; at <= part.pieces.length; at++) {
    const piece = part.pieces[at];
    const slot = typeof piece === 'number' ? slots[piece] : undefined;
    const isEnd = at === part.pieces.length;
    if (!isEnd && !(slot instanceof Region)) continue;
    if (at > start) updateText(part, part.pieces.slice(start, at), { code, id }, instance, values, update);
    if (isEnd) return;
    if (slot instanceof Region && typeof piece === 'number') {
      updateRegion(slot, values[piece], update);
      code = OP.textAfter;
      id = slot.container;
      start = at + 1;
    }
  }
}

interface TextPlace {
  code: typeof OP.text | typeof OP.textAfter;
  id: string;
}

/** A stretch of a run that has been one text node so far; a value that is more than text breaks it up. */
function updateText(
  part: RunPart,
  pieces: readonly (string | number)[],
  place: TextPlace,
  instance: Instance,
  values: readonly unknown[],
  update: Update,
): void {
  const { slots } = instance;
  const changed = pieces.some((piece) => typeof piece === 'number' && !Object.is(slots[piece], values[piece]));
  if (!changed) return;
  const before = joined(pieces, slots);
  if (pieces.every((piece) => typeof piece === 'string' || isText(values[piece]))) {
    for (const piece of pieces) if (typeof piece === 'number') slots[piece] = values[piece];
    const after = joined(pieces, values);
    if (before !== after) update.out.push(place.code, place.id, after);
    return;
  }
  const html = update.renderer.run(part, values, instance, pieces);
  if (part.isSole) {
    update.out.push(OP.html, place.id, html);
    return;
  }
  if (before !== '') update.out.push(place.code, place.id, '');
  update.out.push(place.code === OP.text ? OP.insert : OP.insertAfter, place.id, html);
}

function joined(pieces: readonly (string | number)[], values: readonly unknown[]): string {
  let text = '';
  for (const piece of pieces) text += typeof piece === 'string' ? piece : textOf(values[piece]);
  return text;
}

/** Rows keep their nodes by key: the longest run in order stays, the others move behind their new neighbour. */
function updateList(list: List, value: Repeat | readonly unknown[], container: string, update: Update): void {
  const entries = entriesOf(value, update.renderer.warn);
  const deps = value instanceof Repeat ? value.deps : undefined;
  const maySkip = deps !== undefined && sameItems(deps, list.deps);
  list.deps = deps;

  const old = list.rows;
  let prefix = 0;
  while (prefix < old.length && prefix < entries.length && old[prefix]?.key === entries[prefix]?.key) prefix++;

  const places = new Map<unknown, number>();
  for (let at = prefix; at < old.length; at++) places.set((old[at] as Row).key, at);

  const rows: (Row | undefined)[] = new Array(entries.length);
  const from: number[] = new Array(entries.length);
  entries.forEach((entry, at) => {
    const place = at < prefix ? at : (places.get(entry.key) ?? -1);
    const row = place < 0 ? undefined : old[place];
    const kept = row && updateRow(row, entry, maySkip, update) ? row : undefined;
    rows[at] = kept;
    from[at] = kept ? place : -1;
  });

  const kept = new Set(rows);
  const isAnew = old.length > 0 && !rows.some(Boolean);
  if (!isAnew) for (const row of old) if (!kept.has(row)) update.out.push(OP.remove, row.id);
  list.rows = placeRows({ entries, rows, from, container, isAnew }, update);
}

/** Updates a row in place. False when it has become another template, which a new row must show. */
function updateRow(row: Row, entry: Entry, maySkip: boolean, update: Update): boolean {
  if (maySkip && Object.is(row.source, entry.source)) return true;
  const value = entry.value();
  if (row.content instanceof Region) {
    if (value instanceof TemplateResult && isSingle(value)) return false;
    updateRegion(row.content, value, update);
  } else {
    if (!(value instanceof TemplateResult) || compile(value) !== row.content.template) return false;
    updateInstance(row.content, value.values, update);
  }
  row.source = entry.source;
  return true;
}

const isSingle = (value: TemplateResult): boolean => compile(value).rootId >= 0;

interface Placement {
  entries: readonly Entry[];
  /** For each entry the row that it continues. */
  rows: readonly (Row | undefined)[];
  /** For each entry the old place, or -1. */
  from: readonly number[];
  container: string;
  /** Nothing of the old list stays: the first new rows take its place as a whole. */
  isAnew: boolean;
}

function placeRows({ entries, rows, from, container, isAnew }: Placement, update: Update): Row[] {
  const { out } = update;
  const stays = staying(from);
  const placed: Row[] = [];
  let anchor: string | undefined;
  const count = rows.reduce((sum, row) => sum + (row ? 0 : 1), 0);
  const newcomers = new Newcomers(update, container, count, (piece, lastId) => {
    if (anchor !== undefined) out.push(OP.insertAfter, anchor, piece);
    else out.push(isAnew ? OP.html : OP.insert, container, piece);
    anchor = lastId;
  });
  entries.forEach((entry, at) => {
    const row = rows[at];
    if (!row) {
      placed.push(newcomers.add(entry));
      return;
    }
    newcomers.end();
    if (!stays[at]) out.move(row.id, anchor, container);
    placed.push(row);
    anchor = row.id;
  });
  newcomers.end();
  if (isAnew && entries.length === 0) out.push(OP.html, container, '');
  return placed;
}

function sameItems(a: readonly unknown[], b: readonly unknown[] | undefined): boolean {
  return a.length === b?.length && a.every((item, index) => Object.is(item, b[index]));
}
