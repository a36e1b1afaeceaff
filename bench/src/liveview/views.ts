import type { Item, Items, Kind } from '../workloads/items.ts';
import { bodyOf } from '../workloads/page-text.ts';
import { comprehension, heex, type Rendered } from './rendered.ts';

/** The views as an author of LiveView writes them: `:for` with `:key`, `:if` for the message. */
export function render(kind: Kind, items: Items): Rendered {
  const list = comprehension(items, ({ id }) => id, PIECES[kind]);
  switch (kind) {
    case 'rows':
      return heex`<table class="table"><tbody>${list}</tbody></table>`;
    case 'texts':
    case 'page':
      return heex`<main>${list}</main>`;
    case 'form':
      return heex`<form>${list}</form>`;
  }
}

/** An attribute is a dynamic as a whole, like `id={"r#{row.id}"}`. */
const PIECES: Record<Kind, (item: Item) => Rendered> = {
  texts: ({ id, text }) => heex`<p id="${`t${id}`}">${text}</p>`,
  rows: ({ id, text, mark }) =>
    heex`<tr id="${`r${id}`}" class="${mark}"><td class="col-md-1">${`${id}`}</td><td class="col-md-4"><a>${text}</a></td><td class="col-md-1"><a><span class="glyphicon glyphicon-remove" aria-hidden="true"></span></a></td><td class="col-md-6"></td></tr>`,
  page: ({ id, text }) =>
    heex`<section id="${`s${id}`}"><h2>Section ${`${id}`}</h2><p class="lead">${text}</p>${comprehension(
      bodyOf(id),
      (_, at) => at,
      (paragraph) => heex`<p>${paragraph}</p>`,
    )}</section>`,
  form: ({ id, text }) =>
    heex`<div id="${`d${id}`}"><label for="${`f${id}`}">Field ${`${id}`}</label><input id="${`f${id}`}" name="${`f${id}`}" value="${`value ${id}`}">${text && heex`<p class="error">${text}</p>`}</div>`,
};
