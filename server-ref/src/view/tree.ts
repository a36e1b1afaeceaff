import { CLOSE_BOUNDARY, DjustError, faultOf, openBoundary, ROOT_ID, toBase62 } from '@djust/protocol';
import { type AttributePart, CONTAINER, compile, type RunPart, type Template } from './compile.ts';
import { escapeAttribute, escapeText, isUnsafeIn, isUnsafeStyle } from './escape.ts';
import { type Key, RawHtml, Repeat, TemplateResult, type Warn } from './html.ts';
import { type Entry, entriesOf, isListValue, rowSource } from './list.ts';
import { StreamSlot, type StreamSource } from './stream.ts';

/**
 * What a view looks like now: templates with their values, as plain data. It is built once with the page's HTML and
 * then compared with each new render; HTML is never parsed for that.
 */
export interface Instance {
  readonly template: Template;
  /** First of the `template.ids` ids of this instance. */
  readonly base: number;
  /** Id of what the instance is rendered into. */
  readonly container: string;
  /** One per value of the template: the value itself for text and attributes, a region for everything else. */
  readonly slots: unknown[];
}

/** The place of a value that is more than text. Its container is a boundary of its own, or the parent when it is sole. */
export class Region {
  readonly container: string;
  readonly hasBoundary: boolean;
  content: Content;
  constructor(container: string, hasBoundary: boolean) {
    this.container = container;
    this.hasBoundary = hasBoundary;
  }
}

export interface Row {
  readonly key: Key;
  /** Root element of the row, or its boundary. */
  readonly id: string;
  readonly content: Instance | Region;
  /** What the row was made of, to skip it while that stays. */
  source: unknown;
}

export interface List {
  rows: Row[];
  deps: readonly unknown[] | undefined;
}

/** The rows of a stream: their keys in order, and the id that each is known by. */
export interface StreamRows {
  readonly name: string;
  keys: Key[];
  readonly ids: Map<Key, string>;
}

export type Content = undefined | string | RawHtml | Instance | List | StreamRows;

export const isInstance = (content: Content | Region): content is Instance =>
  typeof content === 'object' && 'template' in content;
export const isList = (content: Content): content is List => typeof content === 'object' && 'rows' in content;
export const isStreamRows = (content: Content): content is StreamRows =>
  typeof content === 'object' && 'keys' in content;

/** Renders values into HTML and, beside it, the tree that later renders are compared with. Ids count up and never return. */
export class Renderer {
  #nextId: number;
  readonly warn: Warn;
  /** Without ids and boundaries, for what is never updated. */
  readonly #isStatic: boolean;
  readonly #streams: StreamSource | undefined;

  constructor(options: { warn?: Warn; isStatic?: boolean; streams?: StreamSource } = {}) {
    this.#nextId = 1;
    this.warn = options.warn ?? (() => {});
    this.#isStatic = options.isStatic ?? false;
    this.#streams = options.streams;
  }

  /** The whole view, into its root element. */
  root(result: TemplateResult): { region: Region; html: string } {
    const region = new Region(ROOT_ID, false);
    return { region, html: this.fill(region, result) };
  }

  /** Renders `value` as the new content of a region. */
  fill(region: Region, value: unknown): string {
    if (value instanceof TemplateResult) {
      const { instance, html } = this.instance(value, region.container);
      region.content = instance;
      return html;
    }
    if (value instanceof RawHtml) {
      region.content = value;
      return value.html;
    }
    if (isListValue(value)) {
      const source = rowSource(value);
      const list: List = { rows: [], deps: source.deps };
      let html = '';
      for (const entry of entriesOf(source, { start: 0, end: source.length }, new Set(), this.warn)) {
        const made = this.row(entry, region.container);
        list.rows.push(made.row);
        html += made.html;
      }
      region.content = list;
      return html;
    }
    if (value instanceof StreamSlot) return this.#stream(region, value.name);
    const text = textOf(value);
    region.content = text === '' ? undefined : text;
    return escapeText(text);
  }

  get streams(): StreamSource {
    if (!this.#streams) throw badValue('stream', 'only a view has streams');
    return this.#streams;
  }

  /** The rows are rendered like those of any list, and forgotten but for their keys. */
  #stream(region: Region, name: string): string {
    const { key, render } = this.streams.spec(name);
    const html = this.fill(region, new Repeat(this.streams.rows(name), key, render, undefined));
    const { rows } = region.content as List;
    region.content = { name, keys: rows.map((row) => row.key), ids: new Map(rows.map((row) => [row.key, row.id])) };
    return html;
  }

  /** One row of a list; rows that are not a single element get a boundary. */
  row(entry: Entry, container: string): { row: Row; html: string } {
    const value = entry.value();
    if (value instanceof TemplateResult && compile(value).rootId !== CONTAINER) {
      const { instance, html } = this.instance(value, container);
      const id = toBase62(instance.base + instance.template.rootId);
      return { row: { key: entry.key, id, content: instance, source: entry.source }, html };
    }
    const { region, html } = this.region(value);
    return { row: { key: entry.key, id: region.container, content: region, source: entry.source }, html };
  }

  region(value: unknown): { region: Region; html: string } {
    const region = this.emptyRegion();
    const html = this.fill(region, value);
    return { region, html: this.#isStatic ? html : bounded(region, html) };
  }

  /** A region that is still to be filled, with a boundary of its own. */
  emptyRegion(): Region {
    return new Region(toBase62(this.#nextId++), true);
  }

  instance(result: TemplateResult, container: string): { instance: Instance; html: string } {
    const template = compile(result);
    const base = this.#nextId;
    this.#nextId += template.ids;
    const instance: Instance = { template, base, container, slots: new Array(result.values.length) };
    let html = '';
    for (const chunk of template.chunks) {
      if (typeof chunk === 'string') html += chunk;
      else if (chunk.kind === 'id') html += this.#isStatic ? '' : ` dj-id="${toBase62(base + chunk.id)}"`;
      else if (chunk.kind === 'attribute') html += this.#attribute(chunk, result.values, instance.slots);
      else {
        const run = this.run(chunk, result.values, instance, chunk.pieces);
        html += chunk.guardsBreak && run.startsWith('\n') ? `\n${run}` : run;
      }
    }
    return { instance, html };
  }

  /** An instance of which all values are text, without its HTML: a browser makes that out of the values. */
  textInstance(template: Template, values: readonly unknown[], container: string): Instance {
    const base = this.#nextId;
    this.#nextId += template.ids;
    return { template, base, container, slots: [...values] };
  }

  #attribute(part: AttributePart, values: readonly unknown[], slots: unknown[]): string {
    for (const piece of part.pieces) if (typeof piece === 'number') slots[piece] = values[piece];
    const value = attributeValue(part, values, this.warn);
    return value === null ? '' : ` ${part.name}="${escapeAttribute(value)}"`;
  }

  /** Text and regions between two elements. Values that are text now share one text node with their neighbours. */
  run(part: RunPart, values: readonly unknown[], instance: Instance, pieces: RunPart['pieces']): string {
    let text = '';
    let html = '';
    for (const piece of pieces) {
      if (typeof piece === 'string') {
        text += piece;
        continue;
      }
      const value = values[piece];
      if (isText(value)) {
        instance.slots[piece] = value;
        text += textOf(value);
        continue;
      }
      if (part.isRawText) throw badValue(value, 'only text can stand in a textarea or a title');
      html += escapeText(text);
      text = '';
      html += this.#slotRegion(part, piece, value, instance);
    }
    return html + escapeText(text);
  }

  #slotRegion(part: RunPart, hole: number, value: unknown, instance: Instance): string {
    if (!part.isSole) {
      const { region, html } = this.region(value);
      instance.slots[hole] = region;
      return html;
    }
    const region = new Region(addressOf(part, instance), false);
    instance.slots[hole] = region;
    return this.fill(region, value);
  }
}

/** The content of a region between its boundary. */
export const bounded = (region: Region, html: string): string => openBoundary(region.container) + html + CLOSE_BOUNDARY;

/** The id that the address of a run means in one instance; for a sole value it is the container of its region. */
export function addressOf(part: RunPart, instance: Instance): string {
  return part.address.id === CONTAINER ? instance.container : toBase62(instance.base + part.address.id);
}

/** Text, a number, or nothing: what can share a text node. */
export function isText(value: unknown): boolean {
  return value === null || typeof value !== 'object' ? typeof value !== 'function' : false;
}

/** How a value reads as text; nothing, true and false read as nothing. No HTML can hold U+0000, so no text here does. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.includes('\u0000') ? value.replaceAll('\u0000', '\ufffd') : value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value === null || value === undefined || typeof value === 'boolean') return '';
  throw badValue(value);
}

/** Attributes for which `false` is a value of its own. */
const SAYS_FALSE = /^(aria-|data-|draggable$|contenteditable$|spellcheck$)/;

/** The value of an attribute, or null when it is switched off. */
export function attributeValue(part: AttributePart, values: readonly unknown[], warn: Warn): string | null {
  const [first] = part.pieces;
  let text = '';
  if (part.pieces.length === 1 && typeof first === 'number') {
    const value = values[first];
    if (value === null || value === undefined) return null;
    if (typeof value === 'boolean') {
      if (SAYS_FALSE.test(part.name)) return String(value);
      return value ? '' : null;
    }
    text = textOf(value);
  } else {
    for (const piece of part.pieces) text += typeof piece === 'string' ? piece : textOf(values[piece]);
  }
  if (part.isUrl && isUnsafeIn(part.name, text)) {
    warn(faultOf('template/unsafe-url', part.name, text.slice(0, 80)));
    return 'about:blank';
  }
  if (part.name === 'style' && isUnsafeStyle(text)) {
    warn(faultOf('template/bad-value', part.name, text.slice(0, 80)));
    return null;
  }
  return text;
}

export function badValue(value: unknown, detail?: string): DjustError {
  const name = typeof value === 'object' ? (value?.constructor?.name ?? 'object') : typeof value;
  return new DjustError(faultOf('template/bad-value', name, detail));
}
