import { html, type ShellLayout, type TemplateResult } from '@djust/server';
import type { Demo } from './demos.ts';

interface Page {
  /** Absent where only the frame is wanted. */
  readonly title: string | undefined;
  readonly path: string | undefined;
  /** All that stands in `<main>`. */
  readonly main: unknown;
}

const hrefOf = ({ path, link }: Demo): string => link ?? path;

/** The document around everything the gallery shows. The client comes first; a page without a view needs no script. */
function document({ title, path, main }: Page, demos: readonly Demo[], { scripts, panel }: Scripts): TemplateResult {
  const link = (demo: Demo): TemplateResult => html`
    <li><a href=${hrefOf(demo)} aria-current=${demo.path === path ? 'page' : null}>${demo.name}</a></li>`;
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        ${title === undefined ? '' : html`<title>${title}</title>`}
        <link rel="icon" href="/static/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/static/gallery.css">
        <script src="/static/nav.js" defer></script>
        ${panel === undefined ? '' : html`<script src=${panel} type="module"></script>`}
        ${scripts.map((src) => html`<script src=${src} defer></script>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          <a class="brand" href="/"><img src="/static/icon.svg" alt="" width="28" height="28"> djust gallery</a>
          <nav aria-label="Demos"><ul class="links">${demos.map(link)}</ul></nav>
          ${scripts.length > 0 ? html`<span class="net" aria-hidden="true"></span>` : null}
        </header>
        <main id="main" tabindex="-1">${main}</main>
        <footer class="bottom"><p>Rendered on the server, kept up to date over one WebSocket.${panel === undefined ? '' : html` <a href="#djust-devtools">Open the debug panel</a> (<kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>D</kbd>)`}</p></footer>
      </body>
    </html>`;
}

/** A demo with its heading, and how it works beside it. */
const demoPage = (demo: Demo, root: unknown): TemplateResult => html`
  <h1>${demo.name}</h1>
  <p class="lead">${demo.summary}</p>
  <div class="demo">
    <div class="card">${demo.before}${root}</div>
    <aside aria-labelledby="how">
      <h2 id="how">How it works</h2>
      ${demo.how}
      <p>Source: ${demo.sources.map((file, at) => html`${at > 0 ? ', ' : ''}<a href="/source/${file}">${file}</a>`)}</p>
    </aside>
  </div>`;

const noScript = html`<noscript><p class="notice">This page is live through a script. Without it you can read it, but nothing will change.</p></noscript>`;

interface Scripts {
  /** Of every page. */
  readonly scripts: readonly string[];
  /** The debug panel, in development. */
  readonly panel?: string | undefined;
}

/** @param given.appScripts  of the pages that work without a network */
export function makeLayout(
  demos: readonly Demo[],
  given: Scripts & { readonly appScripts: readonly string[] },
): ShellLayout {
  return {
    name: 'gallery',
    frame: (page) => document(page, demos, given),
    main({ root, path }) {
      const demo = demos.find((one) => one.path === path);
      const scripts = demo?.isApp ? appHead(given.appScripts) : '';
      return html`${noScript}${scripts}${demo ? demoPage(demo, root) : root}`;
    },
  };
}

/** In the page and not in the frame: only these pages have a worker. */
const appHead = (scripts: readonly string[]): TemplateResult => html`
  <link rel="manifest" href="/manifest.webmanifest">
  <meta name="djust-sw" content="/sw.js" data-update="auto">
  ${scripts.map((src) => html`<script src=${src} defer></script>`)}`;

export function notFoundPage(demos: readonly Demo[]): TemplateResult {
  const main = html`${noScript}<h1>There is no such page</h1><p class="lead"><a href="/">All demos</a></p>`;
  return document({ title: 'Not found', path: '', main }, demos, { scripts: [] });
}
