import { HtmlDiffer } from '../../../server-ref/src/diff/html.ts';
import { Rendering } from '../../../server-ref/src/session/rendering.ts';
import type { Items, Kind } from '../workloads/items.ts';
import { plainHtml } from '../workloads/plain-html.ts';
import { view } from './views.ts';

/** Knows the last render. Answers what is to be timed: finding out what the next one changes. */
export type Differ = (next: Items) => () => unknown;

/** The ways to a difference, by the name they have in the report. */
export const DIFFERS: Record<string, (kind: Kind, first: Items) => Differ> = {
  /** Rendering is part of it, for it happens while values are compared. */
  slots: (kind, first) => {
    const rendering = new Rendering(() => {});
    rendering.full(view(kind, first));
    return (next) => () => rendering.update(view(kind, next), true);
  },
  /** Some other engine has rendered the HTML; that is not part of it. */
  diffHtml: (kind, first) => {
    const differ = new HtmlDiffer(plainHtml(kind, first), { form: 'ops' });
    return (next) => {
      const html = plainHtml(kind, next);
      return () => differ.ops(html);
    };
  },
};
