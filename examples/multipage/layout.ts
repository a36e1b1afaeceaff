import { html, type RawHtml, type TemplateResult } from '@djust/server';

const MENU = [
  ['/', 'Home'],
  ['/tasks', 'Tasks'],
  ['/counter', 'Counter'],
  ['/clock', 'Clock'],
  ['/notes', 'Notes'],
  ['/upload', 'Upload'],
  ['/scripts', 'Scripts'],
] as const;

export interface PageContent {
  readonly title: string;
  readonly path: string;
  readonly content: TemplateResult | RawHtml;
}

/** What every page of the site has around its content; live or not makes no difference. */
export const layout = ({ title, path, content }: PageContent): TemplateResult => html`<!DOCTYPE html>
  <html lang="en">
    <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>${title}</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="/static/site.css">
      <script src="/djust/djust.min.js" defer></script>
      <script src="/turbonav/turbonav.min.js" defer></script>
    </head>
    <body>
      <header>
        <nav aria-label="Site"><ul>${MENU.map(
          ([href, name]) => html`<li><a href=${href} aria-current=${href === path ? 'page' : null}>${name}</a></li>`,
        )}</ul></nav>
      </header>
      <main id="main">${content}</main>
      <footer><p>An ordinary site, with two live pages in it.</p></footer>
    </body>
  </html>`;
