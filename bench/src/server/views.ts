import { html, repeat, type TemplateResult } from '../../../server-ref/src/view/html.ts';
import type { Item, Items, Kind } from '../workloads/items.ts';
import { bodyOf } from '../workloads/page-text.ts';

/** The views as an author of djust writes them. The rows read nothing but their item, and say so: `deps` is empty. */
export function view(kind: Kind, items: Items): TemplateResult {
  const list = repeat(items, ({ id }) => id, PIECES[kind], []);
  switch (kind) {
    case 'rows':
      return html`<table class="table"><tbody>${list}</tbody></table>`;
    case 'texts':
    case 'page':
      return html`<main>${list}</main>`;
    case 'form':
      return html`<form>${list}</form>`;
  }
}

const PIECES: Record<Kind, (item: Item) => TemplateResult> = {
  texts: ({ id, text }) => html`<p id="t${id}">${text}</p>`,
  rows: ({ id, text, mark }) =>
    html`<tr id="r${id}" class="${mark}"><td class="col-md-1">${id}</td><td class="col-md-4"><a>${text}</a></td><td class="col-md-1"><a><span class="glyphicon glyphicon-remove" aria-hidden="true"></span></a></td><td class="col-md-6"></td></tr>`,
  page: ({ id, text }) =>
    html`<section id="s${id}"><h2>Section ${id}</h2><p class="lead">${text}</p>${bodyOf(id).map((paragraph) => html`<p>${paragraph}</p>`)}</section>`,
  form: ({ id, text }) =>
    html`<div id="d${id}"><label for="f${id}">Field ${id}</label><input id="f${id}" name="f${id}" value="value ${id}">${text ? html`<p class="error">${text}</p>` : null}</div>`,
};
