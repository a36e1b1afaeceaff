import type { Patch } from '@djust/protocol';
import { applyPatches } from '../src/dom/apply.ts';
import { IdIndex } from '../src/dom/ids.ts';
import { type FieldPolicy, focusPolicy, type LiveDom } from '../src/dom/live-dom.ts';
import type { PatchReport } from '../src/dom/report.ts';
import { RowBuilder } from '../src/dom/rows.ts';

/** A live root on the test page. Ids and boundaries stand in the HTML as a server would write them. */
export interface TestPage extends LiveDom {
  root: HTMLElement;
  /** Inner HTML without dj-ids. */
  html(): string;
  apply(...patches: Patch[]): PatchReport;
  query<T extends Element = HTMLElement>(selector: string): T;
}

export function page(html: string, fieldsOf: (root: Element) => FieldPolicy = () => focusPolicy): TestPage {
  document.body.replaceChildren();
  const root = document.createElement('div');
  root.setAttribute('dj-view', 'a.B');
  root.innerHTML = html;
  document.body.append(root);
  const index = new IdIndex(root);
  const fields = fieldsOf(root);
  return {
    root,
    index,
    fields,
    rows: new RowBuilder(),
    html: () => root.innerHTML.replace(/ dj-id="[^"]*"/g, ''),
    apply: (...patches) => applyPatches(patches, { index, fields }),
    query: <T extends Element>(selector: string): T => {
      const found = root.querySelector<T>(selector);
      if (!found) throw new Error(`no ${selector}`);
      return found;
    },
  };
}

/** `list('A', 'B')` → `<ul dj-id="u"><li dj-id="A">A</li>…</ul>` */
export const list = (...names: string[]): string =>
  `<ul dj-id="u">${names.map((name) => `<li dj-id="${name}">${name}</li>`).join('')}</ul>`;

export const text = (value: string): { tag: string; text: string } => ({ tag: '#text', text: value });

/** `node('li', 'X')` → a VNode with an id and a text. */
export const node = (tag: string, id: string, ...children: object[]) => ({
  tag,
  attrs: { 'dj-id': id },
  children: children as never[],
  djust_id: id,
});
