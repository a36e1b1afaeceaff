import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Item, Items, Kind } from '../../workloads/items.ts';
import { bodyOf } from '../../workloads/page-text.ts';
import type { Lane } from '../lane.ts';

/** The application state is in the page: a message is the new items. */
export const lit: Lane = {
  mount: (root, { kind, itemsAfter }) => void render(view(kind, itemsAfter(0)), root),
  prepare: (root, { kind, itemsAfter }, count) =>
    Array.from({ length: count }, (_, step) => {
      const items = itemsAfter(step + 1);
      return () => void render(view(kind, items), root);
    }),
  messages: 20,
};

function view(kind: Kind, items: Items): TemplateResult {
  const list = repeat(items, ({ id }) => id, PIECES[kind]);
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
    html`<tr id="r${id}" class=${mark}><td class="col-md-1">${id}</td><td class="col-md-4"><a>${text}</a></td><td class="col-md-1"><a><span class="glyphicon glyphicon-remove" aria-hidden="true"></span></a></td><td class="col-md-6"></td></tr>`,
  page: ({ id, text }) =>
    html`<section id="s${id}"><h2>Section ${id}</h2><p class="lead">${text}</p>${bodyOf(id).map((paragraph) => html`<p>${paragraph}</p>`)}</section>`,
  form: ({ id, text }) =>
    html`<div id="d${id}"><label for="f${id}">Field ${id}</label><input id="f${id}" name="f${id}" value="value ${id}">${text ? html`<p class="error">${text}</p>` : nothing}</div>`,
};
