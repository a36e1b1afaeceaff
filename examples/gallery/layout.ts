import { html, type PageLayout, type TemplateResult } from '@djust/server';
import type { Demo } from './demos.ts';

interface Page {
  readonly title: string;
  readonly path: string;
  readonly content: TemplateResult;
}

const hrefOf = ({ path, link }: Demo): string => link ?? path;

/** The document around everything the gallery shows. The client comes first; a page without a view needs no script. */
function document({ title, path, content }: Page, demos: readonly Demo[], scripts: readonly string[]): TemplateResult {
  const link = (demo: Demo): TemplateResult => html`
    <li><a href=${hrefOf(demo)} aria-current=${demo.path === path ? 'page' : null}>${demo.name}</a></li>`;
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${title}</title>
        <link rel="icon" href="/static/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/static/gallery.css">
        ${scripts.map((src) => html`<script src=${src} defer></script>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          <a class="brand" href="/"><img src="/static/icon.svg" alt="" width="28" height="28"> djust gallery</a>
          <nav aria-label="Demos"><ul class="links">${demos.map(link)}</ul></nav>
          ${scripts.length > 0 ? html`<span class="net" aria-hidden="true"></span>` : null}
        </header>
        <main id="main" tabindex="-1">
          <noscript><p class="notice">This page is live through a script. Without it you can read it, but nothing will change.</p></noscript>
          ${content}
        </main>
        <footer class="bottom"><p>Rendered on the server, kept up to date over one WebSocket.</p></footer>
      </body>
    </html>`;
}

/** A demo with its heading, and how it works beside it. */
const demoPage = (demo: Demo, root: unknown): TemplateResult => html`
  <h1>${demo.name}</h1>
  <p class="lead">${demo.summary}</p>
  <div class="demo">
    <div class="card">${root}</div>
    <aside aria-labelledby="how">
      <h2 id="how">How it works</h2>
      ${demo.how}
      <p>Source: ${demo.sources.map((file, at) => html`${at > 0 ? ', ' : ''}<a href="/source/${file}">${file}</a>`)}</p>
    </aside>
  </div>`;

export function makeLayout(demos: readonly Demo[], script: string): PageLayout {
  return ({ title, root, path }) => {
    const demo = demos.find((one) => one.path === path);
    const content = demo ? demoPage(demo, root) : html`${root}`;
    return document({ title, path, content }, demos, [script]);
  };
}

export function notFoundPage(demos: readonly Demo[]): TemplateResult {
  const content = html`<h1>There is no such page</h1><p class="lead"><a href="/">All demos</a></p>`;
  return document({ title: 'Not found', path: '', content }, demos, []);
}
