import { faultOf, OP, toBase62 } from '@djust/protocol';
import type { AttributePart, RunPart } from '../view/compile.ts';
import { compile } from '../view/compile.ts';
import { RawHtml, TemplateResult } from '../view/html.ts';
import { isListValue, type RowSource, rowSource } from '../view/list.ts';
import { StreamSlot } from '../view/stream.ts';
import {
  addressOf,
  attributeValue,
  type Instance,
  isInstance,
  isList,
  isStreamRows,
  isText,
  type List,
  Region,
  type Row,
  textOf,
} from '../view/tree.ts';
import { contentOf, newRegion, type Update } from './newcomers.ts';
import { updateRows } from './rows.ts';
import { updateStream } from './stream.ts';

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
    if (isList(content)) return updateList(content, rowSource(value), container, update);
  } else if (value instanceof StreamSlot) {
    if (isStreamRows(content) && content.name === value.name) return updateStream(content, container, update);
  } else if (value instanceof RawHtml) {
    if (content instanceof RawHtml && content.html === value.html) return;
  } else if (content === undefined || typeof content === 'string') {
    const text = textOf(value);
    if (text === (content ?? '')) return;
    region.content = text === '' ? undefined : text;
    update.out.push(OP.text, container, text);
    return;
  }
  if (isInstance(content) && content.template.rootId >= 0 && isText(value) && textOf(value) === '') {
    region.content = undefined;
    update.out.push(OP.remove, toBase62(content.base + content.template.rootId));
    return;
  }
  const piece = contentOf(region, value, update);
  update.out.push(OP.html, container, piece);
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
  if (pieces.every((piece) => isTextPiece(piece, values))) {
    for (const piece of pieces) if (typeof piece === 'number') slots[piece] = values[piece];
    const after = joined(pieces, values);
    if (before !== after) update.out.push(place.code, place.id, after);
    return;
  }
  if (part.isSole) {
    update.out.push(OP.html, place.id, update.renderer.run(part, values, instance, pieces));
    return;
  }
  const code = place.code === OP.text ? OP.insert : OP.insertAfter;
  const at = pieces.findIndex((piece) => !isTextPiece(piece, values));
  const hole = pieces[at] as number;
  const value = values[hole];
  const rest = pieces.slice(at + 1);
  const isFirst = joined(pieces.slice(0, at), values) === '' && rest.every((piece) => isTextPiece(piece, values));
  if (!(value instanceof TemplateResult) || part.isRawText || !isFirst) {
    if (before !== '') update.out.push(place.code, place.id, '');
    update.out.push(code, place.id, update.renderer.run(part, values, instance, pieces));
    return;
  }
  // It comes in front of the text that is there, which mostly stays as it is.
  for (const piece of pieces) if (typeof piece === 'number') slots[piece] = values[piece];
  const { region, piece } = newRegion(value, update);
  slots[hole] = region;
  update.out.push(code, place.id, piece);
  const after = joined(rest, values);
  if (before !== after) update.out.push(OP.textAfter, region.container, after);
}

const isTextPiece = (piece: string | number, values: readonly unknown[]): boolean =>
  typeof piece === 'string' || isText(values[piece]);

function joined(pieces: readonly (string | number)[], values: readonly unknown[]): string {
  let text = '';
  for (const piece of pieces) text += typeof piece === 'string' ? piece : textOf(values[piece]);
  return text;
}

function updateList(list: List, source: RowSource, container: string, update: Update): void {
  const maySkip = source.deps !== undefined && sameItems(source.deps, list.deps);
  list.deps = source.deps;
  const continues = (row: Row, at: number): boolean =>
    (maySkip && Object.is(row.source, source.source(at))) || updateRow(row, source, at, update);
  const before = list.rows.length;
  const { count } = update.out;
  list.rows = updateRows({ old: list.rows, source, container, continues }, update);
  // Rows that only grow or shrink at the end do well without keys; others are rewritten one by one.
  const rewritten = update.out.count - count - Math.max(0, before - source.length);
  if (!source.isKeyed && before >= MANY && rewritten > before / 2)
    update.renderer.warn(faultOf('template/unkeyed-list', nameOf(source.value(0))));
}

/** From here on it is worth a word that a list has no keys. */
const MANY = 10;

/** How the author finds the list: by how its rows begin. */
const nameOf = (value: unknown): string =>
  value instanceof TemplateResult ? (value.strings[0] ?? '').trim().slice(0, 60) : String(value).slice(0, 60);

/** Updates a row in place. False when it has become another template, which a new row must show. */
function updateRow(row: Row, source: RowSource, at: number, update: Update): boolean {
  const value = source.value(at);
  if (row.content instanceof Region) {
    if (value instanceof TemplateResult && compile(value).rootId >= 0) return false;
    updateRegion(row.content, value, update);
  } else {
    if (!(value instanceof TemplateResult) || compile(value) !== row.content.template) return false;
    updateInstance(row.content, value.values, update);
  }
  row.source = source.source(at);
  return true;
}

function sameItems(a: readonly unknown[], b: readonly unknown[] | undefined): boolean {
  return a.length === b?.length && a.every((item, index) => Object.is(item, b[index]));
}
