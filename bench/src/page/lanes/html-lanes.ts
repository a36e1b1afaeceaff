import { Idiomorph } from 'idiomorph';
import morphdomOf from 'morphdom';
import { plainHtml } from '../../workloads/plain-html.ts';
import type { Lane, Stage } from '../lane.ts';

/** Candidates that get the HTML of the whole region. */
const htmlLane = (apply: (root: HTMLElement, html: string) => void, wrap = (html: string): string => html): Lane => ({
  mount(root, { kind, itemsAfter }) {
    root.innerHTML = plainHtml(kind, itemsAfter(0));
  },
  prepare(root, stage, count) {
    return htmlsOf(stage, count).map((html) => {
      const text = wrap(html);
      return () => apply(root, text);
    });
  },
  // The strings are as large as the page; nobody should send more of them than needed.
  messages: 4,
});

const htmlsOf = ({ kind, itemsAfter }: Stage, count: number): string[] =>
  Array.from({ length: count }, (_, step) => plainHtml(kind, itemsAfter(step + 1)));

export const innerHTML: Lane = htmlLane((root, html) => {
  root.innerHTML = html;
});

/** Keys are the ids of the elements, which is morphdom's default. It wants a root around the content. */
export const morphdom: Lane = htmlLane(
  (root, html) => void morphdomOf(root, html, { childrenOnly: true }),
  (html) => ['<div>', html, '</div>'].join(''),
);

export const idiomorph: Lane = htmlLane((root, html) => void Idiomorph.morph(root, html, { morphStyle: 'innerHTML' }));
