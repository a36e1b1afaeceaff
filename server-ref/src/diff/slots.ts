import { OP, type OpWriter, toBase62 } from '@djust/protocol';
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
  type Renderer,
  type Row,
  textOf,
} from '../view/tree.ts';
import { staying } from './keyed.ts';

/**
 * Compares what a view looked like with what it looks like now, value by value, and writes down the difference as
 * operations. The tree is brought up to date on the way. When it throws, the tree is half new: throw it away.
 */
export function updateRegion(region: Region, value: unknown, renderer: Renderer, out: OpWriter): void {
  const { content, container } = region;
  if (value instanceof TemplateResult) {
    if (isInstance(content) && content.template === compile(value)) {
      return updateInstance(content, value.values, renderer, out);
    }
  } else if (isListValue(value)) {
    if (isList(content)) return updateList(content, value, container, renderer, out);
  } else if (value instanceof RawHtml) {
    if (content instanceof RawHtml && content.html === value.html) return;
  } else if (content === undefined || typeof content === 'string') {
    const text = textOf(value);
    if (text === (content ?? '')) return;
    region.content = text === '' ? undefined : text;
    out.push(OP.text, container, text);
    return;
  }
  out.push(OP.html, container, renderer.fill(region, value));
}

function updateInstance(instance: Instance, values: readonly unknown[], renderer: Renderer, out: OpWriter): void {
  for (const part of instance.template.parts) {
    if (part.kind === 'attribute') updateAttribute(part, instance, values, renderer, out);
    else updateRun(part, instance, values, renderer, out);
  }
}

function updateAttribute(
  part: AttributePart,
  { slots, base }: Instance,
  values: readonly unknown[],
  renderer: Renderer,
  out: OpWriter,
): void {
  if (part.pieces.every((piece) => typeof piece === 'string' || Object.is(slots[piece], values[piece]))) return;
  const before = attributeValue(part, slots, () => {});
  const after = attributeValue(part, values, renderer.warn);
  for (const piece of part.pieces) if (typeof piece === 'number') slots[piece] = values[piece];
  if (before !== after) out.push(OP.attr, toBase62(base + part.id), part.name, after);
}

/** Text that several values share is written anew when one of them changes; regions look after themselves. */
function updateRun(
  part: RunPart,
  instance: Instance,
  values: readonly unknown[],
  renderer: Renderer,
  out: OpWriter,
): void {
  const { slots } = instance;
  let code: typeof OP.text | typeof OP.textAfter = part.address.code;
  let id = addressOf(part, instance);
  let start = 0;
  for (let at = 0; at <= part.pieces.length; at++) {
    const piece = part.pieces[at];
    const slot = typeof piece === 'number' ? slots[piece] : undefined;
    const isEnd = at === part.pieces.length;
    if (!isEnd && !(slot instanceof Region)) continue;
    if (at > start) updateText(part, part.pieces.slice(start, at), { code, id }, instance, values, renderer, out);
    if (isEnd) return;
    if (slot instanceof Region && typeof piece === 'number') {
      updateRegion(slot, values[piece], renderer, out);
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
  renderer: Renderer,
  out: OpWriter,
): void {
  const { slots } = instance;
  const changed = pieces.some((piece) => typeof piece === 'number' && !Object.is(slots[piece], values[piece]));
  if (!changed) return;
  const before = joined(pieces, slots);
  if (pieces.every((piece) => typeof piece === 'string' || isText(values[piece]))) {
    for (const piece of pieces) if (typeof piece === 'number') slots[piece] = values[piece];
    const after = joined(pieces, values);
    if (before !== after) out.push(place.code, place.id, after);
    return;
  }
  const html = renderer.run(part, values, instance, pieces);
  if (part.isSole) {
    out.push(OP.html, place.id, html);
    return;
  }
  if (before !== '') out.push(place.code, place.id, '');
  out.push(place.code === OP.text ? OP.insert : OP.insertAfter, place.id, html);
}

function joined(pieces: readonly (string | number)[], values: readonly unknown[]): string {
  let text = '';
  for (const piece of pieces) text += typeof piece === 'string' ? piece : textOf(values[piece]);
  return text;
}

/** Rows keep their nodes by key: the longest run in order stays, the others move behind their new neighbour. */
function updateList(
  list: List,
  value: Repeat | readonly unknown[],
  container: string,
  renderer: Renderer,
  out: OpWriter,
): void {
  const entries = entriesOf(value, renderer.warn);
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
    const kept = row && updateRow(row, entry, maySkip, renderer, out) ? row : undefined;
    rows[at] = kept;
    from[at] = kept ? place : -1;
  });

  const kept = new Set(rows);
  for (const row of old) if (!kept.has(row)) out.push(OP.remove, row.id);
  list.rows = placeRows(entries, rows, from, container, renderer, out);
}

/** Updates a row in place. False when it has become another template, which a new row must show. */
function updateRow(row: Row, entry: Entry, maySkip: boolean, renderer: Renderer, out: OpWriter): boolean {
  if (maySkip && Object.is(row.source, entry.source)) return true;
  const value = entry.value();
  if (row.content instanceof Region) {
    if (value instanceof TemplateResult && isSingle(value)) return false;
    updateRegion(row.content, value, renderer, out);
  } else {
    if (!(value instanceof TemplateResult) || compile(value) !== row.content.template) return false;
    updateInstance(row.content, value.values, renderer, out);
  }
  row.source = entry.source;
  return true;
}

const isSingle = (value: TemplateResult): boolean => compile(value).rootId >= 0;

function placeRows(
  entries: readonly Entry[],
  rows: readonly (Row | undefined)[],
  from: readonly number[],
  container: string,
  renderer: Renderer,
  out: OpWriter,
): Row[] {
  const stays = staying(from);
  const placed: Row[] = [];
  let html = '';
  let anchor: string | undefined;
  const insert = (): void => {
    if (html === '') return;
    if (anchor === undefined) out.push(OP.insert, container, html);
    else out.push(OP.insertAfter, anchor, html);
    anchor = placed.at(-1)?.id;
    html = '';
  };
  entries.forEach((entry, at) => {
    const row = rows[at];
    if (!row) {
      const made = renderer.row(entry, container);
      html += made.html;
      placed.push(made.row);
      return;
    }
    insert();
    if (!stays[at]) {
      if (anchor === undefined) out.push(OP.move, row.id, container);
      else out.push(OP.moveAfter, row.id, anchor);
    }
    placed.push(row);
    anchor = row.id;
  });
  insert();
  return placed;
}

function sameItems(a: readonly unknown[], b: readonly unknown[] | undefined): boolean {
  return a.length === b?.length && a.every((item, index) => Object.is(item, b[index]));
}
