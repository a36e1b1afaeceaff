import { HtmlDiffer } from '../../../server-ref/src/diff/html.ts';
import { Rendering } from '../../../server-ref/src/session/rendering.ts';
import { type Doc, type DocEdit, docHtml, editedDoc } from '../../../server-ref/test/random-html.ts';
import { type Edit, edited, render, type Node as ViewNode } from '../../../server-ref/test/random-views.ts';
import { applyOps } from '../src/dom/compact.ts';
import { keyOf } from '../src/dom/ids.ts';
import { morphContent } from '../src/dom/morph.ts';
import type { PatchReport } from '../src/dom/report.ts';
import { page, type TestPage } from './page.ts';
import { htmlShape, viewShape } from './shapes.ts';

/**
 * What must hold when a page becomes the next one: the document is that of a fresh render, whatever stays is the same
 * node, and the user stays where he is. Each function plays one sequence, throws where something does not hold, and
 * answers how many pairs it compared.
 */

export interface ViewSequence {
  readonly view: ViewNode;
  readonly edits: readonly Edit[];
  readonly hasTemplates: boolean;
  /** Which field the user sits in; past the last one means none. */
  readonly seat: number;
}

/** A view's renders, by slots, as compact operations. */
export function checkView({ view, edits, hasTemplates, seat }: ViewSequence): number {
  const rendering = new Rendering(() => {});
  const live = page(rendering.full(render(view)));
  let current = view;
  for (const [at, edit] of edits.entries()) {
    current = edited(current, edit);
    // New rows have their ids already, or not yet.
    if (at % 2 === 0) live.index.settle?.();
    const stay = sit(live, seat);
    const before = new Map(live.index.byId);
    const ops = rendering.update(render(current), hasTemplates);
    accept(applyOps(JSON.parse(JSON.stringify(ops)), live));
    const fresh = new Rendering(() => {}).full(render(current));
    same(viewShape(live.root), viewShape(rootOf(fresh)), 'the document differs from a fresh render');
    live.index.sweep();
    for (const [id, node] of live.index.byId) {
      if (before.has(id) && node !== before.get(id)) throw new Error(`${id} is another node`);
      if (!live.root.contains(node)) throw new Error(`${id} is not on the page`);
    }
    stay();
  }
  live.index.settle?.();
  for (const [id, node] of live.index.byId)
    if (id !== 0 && node instanceof Element && keyOf(node.getAttribute('dj-id') ?? '') !== id)
      throw new Error(`${id} is not written`);
  return edits.length;
}

export interface HtmlSequence {
  readonly doc: Doc;
  readonly edits: readonly DocEdit[];
  readonly form: 'patches' | 'ops';
  readonly seat: number;
}

/** Pages of another template engine, by their HTML, in both dialects. */
export function checkHtml({ doc, edits, form, seat }: HtmlSequence): number {
  const differ = new HtmlDiffer(docHtml(doc), { form });
  const live = page(differ.html);
  const [sent, fresh] = form === 'ops' ? (['sent', 'joined'] as const) : (['apart', 'apart'] as const);
  let current = doc;
  for (const edit of edits) {
    current = editedDoc(current, edit);
    const html = docHtml(current);
    const stay = sit(live, seat);
    const before = new Map(live.index.byId);
    accept(form === 'ops' ? applyOps(differ.ops(html), live) : live.apply(...differ.patches(html)));
    const shape = htmlShape(live.root, sent);
    same(shape, htmlShape(rootOf(html), fresh), 'the document differs from a fresh page');
    const held = rootOf(differ.html);
    same(shape, htmlShape(held, sent), 'the document differs from what the server holds');
    same(idsOf(live.root), idsOf(held), 'the ids differ from those the server holds');
    for (const [id, node] of live.index.byId) {
      const isOurs = node instanceof Element || form === 'ops';
      if (isOurs && before.has(id) && node !== before.get(id)) throw new Error(`${id} is another node`);
    }
    stay();
  }
  return edits.length;
}

/** Pages as whole HTML, merged into what is shown. */
export function checkMerge({ doc, edits }: Pick<HtmlSequence, 'doc' | 'edits'>): number {
  const live = page(docHtml(doc));
  let current = doc;
  for (const edit of edits) {
    current = editedDoc(current, edit);
    const html = docHtml(current);
    morphContent(live.root, html);
    same(htmlShape(live.root, 'joined'), htmlShape(rootOf(html), 'joined'), 'the document differs from a fresh page');
  }
  return edits.length;
}

/** The user goes to a field and types; the answer checks that he is still there, with what he typed. */
function sit({ root, index }: TestPage, seat: number): () => void {
  const fields = root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
  const field = fields[seat % (fields.length + 1)];
  if (!field) return () => {};
  const id = field.getAttribute('dj-id') ?? '';
  field.focus();
  // A hidden one takes no focus.
  if (document.activeElement !== field || !field.checkVisibility()) return () => {};
  field.value = 'typed here';
  field.setSelectionRange(2, 5, 'backward');
  field.scrollTop = 3;
  return () => {
    if (index.get(id) !== field || !field.checkVisibility()) return;
    if (document.activeElement !== field) throw new Error(`${id} lost the focus`);
    const { value, selectionStart, selectionEnd, selectionDirection } = field;
    same(
      [value, selectionStart, selectionEnd, selectionDirection],
      ['typed here', 2, 5, 'backward'],
      `${id} was disturbed`,
    );
  };
}

function accept(report: PatchReport): void {
  if (!report.ok) throw new Error(`refused: ${JSON.stringify(report.fault)}`);
}

function same(found: unknown, expected: unknown, what: string): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}\nfound    ${left}\nexpected ${right}`);
}

export const idsOf = (root: Element): (string | null)[] =>
  [...root.querySelectorAll('*')].map((element) => element.getAttribute('dj-id'));

function rootOf(html: string): Element {
  const root = document.createElement('div');
  root.innerHTML = html;
  return root;
}
