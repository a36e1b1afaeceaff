import { Rendering } from '../../../server-ref/src/session/rendering.ts';
import type { TemplateResult } from '../../../server-ref/src/view/html.ts';

/** Knows the last render, and answers what the next one changes. */
export type Differ = (next: TemplateResult) => unknown;

/**
 * The ways to a difference, by the name they have in the report. `diffHtml` joins here when it exists: it would keep
 * `renderToString(first)` and compare it with the next one.
 */
export const DIFFERS: Record<string, (first: TemplateResult) => Differ> = {
  slots: (first) => {
    const rendering = new Rendering(() => {});
    rendering.full(first);
    return (next) => rendering.update(next);
  },
};
