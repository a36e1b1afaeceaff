import { OP, type OpArg, type OpWriter, type Rows, type RowValue, toBase62 } from '@djust/protocol';
import { CONTAINER, compile, type Template } from '../view/compile.ts';
import { TemplateResult } from '../view/html.ts';
import type { Entry } from '../view/list.ts';
import { bounded, type Instance, type Region, type Renderer, type Row } from '../view/tree.ts';
import { chunksOf, rowValues, type TemplateBook } from './templates.ts';

/** What an update reads from and writes to. */
export interface Update {
  readonly renderer: Renderer;
  readonly out: OpWriter;
  /** There when the browser can build rows out of values. */
  readonly templates: TemplateBook | undefined;
}

/** Naming a template costs about as much as this many rows of it as HTML. */
const WORTH_A_TEMPLATE = 3;

/** Puts HTML, or rows, behind what was written last; `lastId` is its last row. */
export type Write = (piece: OpArg, lastId: string) => void;

/** Rows that stand side by side and travel together: as HTML, or as values of one template. */
type Stretch =
  | { template: Template; rows: Rows; lastId: string }
  | { template: undefined; html: string; lastId: string };

/**
 * New rows in a line. Those that are made of text alone travel as values when the browser knows their template, or will
 * need it often enough; the others as HTML.
 */
export class Newcomers {
  readonly #update: Update;
  readonly #container: string;
  readonly #write: Write;
  readonly #areMany: boolean;
  #stretch: Stretch | undefined;

  /** @param count  of new rows in the whole list */
  constructor(update: Update, container: string, count: number, write: Write) {
    this.#update = update;
    this.#container = container;
    this.#areMany = count >= WORTH_A_TEMPLATE;
    this.#write = write;
  }

  add(entry: Entry): Row {
    const value = entry.value();
    return this.#addValues(entry, value) ?? this.#addHtml(entry, value);
  }

  /** Writes what is gathered: another row comes next, or none. */
  end(): void {
    const stretch = this.#stretch;
    this.#stretch = undefined;
    if (!stretch) return;
    if (stretch.template) this.#write(stretch.rows, stretch.lastId);
    else this.#write(stretch.html, stretch.lastId);
  }

  #addValues(entry: Entry, value: unknown): Row | undefined {
    const made = asValues(value, this.#container, this.#update, this.#areMany);
    if (!made) return undefined;
    const { instance, number, values } = made;
    const { template } = instance;
    const id = toBase62(instance.base + template.rootId);
    const stretch = this.#stretch;
    if (stretch?.template === template && stretch.template) {
      stretch.rows.push(...values);
      stretch.lastId = id;
    } else {
      this.end();
      this.#stretch = { template, rows: [number, instance.base, ...values], lastId: id };
    }
    return { key: entry.key, id, content: instance, source: entry.source };
  }

  #addHtml(entry: Entry, value: unknown): Row {
    const { row, html } = this.#update.renderer.row({ ...entry, value: () => value }, this.#container);
    const stretch = this.#stretch;
    if (stretch && !stretch.template) {
      stretch.html += html;
      stretch.lastId = row.id;
    } else {
      this.end();
      this.#stretch = { template: undefined, html, lastId: row.id };
    }
    return row;
  }
}

/** The new content of a region, as it travels. What shows up here a second time will again, and is worth a template. */
export function contentOf(region: Region, value: unknown, update: Update): OpArg {
  const isWorth = value instanceof TemplateResult && update.templates?.meets(compile(value)) === true;
  const made = asValues(value, region.container, update, isWorth);
  if (!made) return update.renderer.fill(region, value);
  region.content = made.instance;
  return [made.number, made.instance.base, ...made.values];
}

/** A region that was not there before, with its boundary, as it travels. */
export function newRegion(value: TemplateResult, update: Update): { region: Region; piece: OpArg } {
  const region = update.renderer.emptyRegion();
  const content = contentOf(region, value, update);
  if (typeof content === 'string') return { region, piece: bounded(region, content) };
  // The boundary has the id before those of the content.
  const [number, ...rest] = content as Rows;
  return { region, piece: [~number, ...rest] };
}

interface AsValues {
  readonly instance: Instance;
  /** Of the template, which the browser knows by now. */
  readonly number: number;
  readonly values: readonly RowValue[];
}

function asValues(
  value: unknown,
  container: string,
  { templates, renderer, out }: Update,
  isWorthATemplate: boolean,
): AsValues | undefined {
  if (!templates || !(value instanceof TemplateResult)) return undefined;
  const template = compile(value);
  const chunks = template.rootId === CONTAINER ? undefined : chunksOf(template);
  if (!chunks || !(isWorthATemplate || templates.has(template))) return undefined;
  const values = rowValues(template, value.values, renderer.warn);
  // Without a value nobody could tell how many rows there are.
  if (!values || values.length === 0) return undefined;
  const { number, isNew } = templates.numberOf(template);
  if (isNew) out.push(OP.template, number, chunks);
  return { instance: renderer.textInstance(template, value.values, container), number, values };
}
