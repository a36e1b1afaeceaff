import type { View } from './view/define-view.ts';
import { html, type RawHtml, type TemplateResult } from './view/html.ts';

/** What a layout gets: the view's root element, ready to be placed, and what the head needs. */
export interface PageParts {
  readonly title: string;
  readonly root: RawHtml;
  /** For the head of a page with `dj-navigate`: which path shows which view. */
  readonly routes: TemplateResult;
  readonly path: string;
  readonly view: View;
}

/** The document around a view. */
export type PageLayout = (parts: PageParts) => TemplateResult;

export const plainLayout: PageLayout = ({ title, root, routes }) => html`<!DOCTYPE html>
  <html lang="en">
    <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>${title}</title>
      ${routes}
      <script src="/djust/djust.min.js" defer></script>
    </head>
    <body><main>${root}</main></body>
  </html>`;

/** A layout that can be sent apart from its pages, so that a service worker shows it before the page is there. */
export interface ShellLayout {
  /** Letters, digits, _ and -. */
  readonly name: string;
  /**
   * The document around `main`, which is all that stands in `<main>`. Without title and path it is the frame by itself, and
   * then the same for every visitor and every page: no name, no token, no nonce.
   */
  frame(parts: {
    readonly title: string | undefined;
    readonly path: string | undefined;
    readonly main: RawHtml | TemplateResult;
  }): TemplateResult;
  /** What stands in `<main>`. */
  main(parts: PageParts): TemplateResult;
}
