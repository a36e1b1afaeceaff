import type { Item, Items, Kind } from './items.ts';
import { bodyOf } from './page-text.ts';

/**
 * The content of the region as a server without ids of its own renders it: what the morphing candidates get, and what
 * every candidate's document is compared with. The data holds nothing to escape.
 */
export function plainHtml(kind: Kind, items: Items): string {
  const [before, after] = FRAMES[kind];
  // Joined and not added up: a string made of many pieces would be flattened in the time that is measured.
  return [before, ...items.map(PIECES[kind]), after].join('');
}

/** The HTML of one item. */
export const plainPiece = (kind: Kind, item: Item): string => PIECES[kind](item);

const FRAMES: Record<Kind, readonly [string, string]> = {
  texts: ['<main>', '</main>'],
  rows: ['<table class="table"><tbody>', '</tbody></table>'],
  page: ['<main>', '</main>'],
  form: ['<form>', '</form>'],
};

const PIECES: Record<Kind, (item: Item) => string> = {
  texts: ({ id, text }) => `<p id="t${id}">${text}</p>`,
  rows: ({ id, text, mark }) =>
    `<tr id="r${id}" class="${mark}"><td class="col-md-1">${id}</td><td class="col-md-4"><a>${text}</a></td>` +
    '<td class="col-md-1"><a><span class="glyphicon glyphicon-remove" aria-hidden="true"></span></a></td>' +
    '<td class="col-md-6"></td></tr>',
  page: ({ id, text }) =>
    `<section id="s${id}"><h2>Section ${id}</h2><p class="lead">${text}</p>` +
    `${bodyOf(id)
      .map((paragraph) => `<p>${paragraph}</p>`)
      .join('')}</section>`,
  form: ({ id, text }) =>
    `<div id="d${id}"><label for="f${id}">Field ${id}</label><input id="f${id}" name="f${id}" value="value ${id}">` +
    `${text && `<p class="error">${text}</p>`}</div>`,
};
