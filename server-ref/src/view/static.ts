import type { TemplateResult } from './html.ts';
import { Renderer } from './tree.ts';

/** Renders a template once, for a page that will not be updated: a layout, a mail, an error page. */
export function renderToString(result: TemplateResult): string {
  return new Renderer({ isStatic: true }).root(result).html;
}
