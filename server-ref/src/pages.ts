import { type Fault, HINTS, publicText } from '@djust/protocol';
import { SECURITY_HEADERS } from './security/http.ts';
import { errorFrame } from './session/error-frame.ts';
import { MountRefused, type SessionHost } from './session/host.ts';
import type { SessionRegistry } from './session/registry.ts';
import type { Principal, View } from './view/define-view.ts';
import { escapeAttribute } from './view/escape.ts';
import { html, type RawHtml, type TemplateResult, unsafeHtml } from './view/html.ts';
import { renderToString } from './view/static.ts';

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

export interface PageHost {
  readonly host: SessionHost;
  readonly sessions: SessionRegistry;
  readonly principalOf: (request: Request) => Promise<Principal | null>;
  readonly layout: PageLayout;
  /** Path → name of its view. */
  readonly routes: Readonly<Record<string, string>>;
}

/** Renders a page for HTTP. Its session waits for the page's socket, which adopts it instead of mounting again. */
export async function renderPage(view: View, request: Request, page: PageHost): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response('Method not allowed', { status: 405, headers: { allow: 'GET, HEAD' } });
  }
  const url = new URL(request.url);
  try {
    const principal = await page.principalOf(request);
    const visit = { url: url.pathname, params: Object.fromEntries(url.searchParams), principal };
    const { session, html: content } = await page.sessions.openForPage(view, visit);
    const attributes = { 'dj-view': view.name, 'dj-root': '', 'data-dj-session': session.id, 'data-dj-version': '1' };
    const written = Object.entries(attributes).map(([name, value]) => `${name}="${escapeAttribute(value)}"`);
    const root = unsafeHtml(`<div ${written.join(' ')}>${content}</div>`);
    return respond(
      200,
      page.layout({ title: session.title, root, routes: routesMeta(page.routes), path: url.pathname, view }),
    );
  } catch (error) {
    const fault: Fault = error instanceof MountRefused ? error.fault : { code: 'server/internal' };
    const cause = error instanceof MountRefused ? error.cause : error;
    return failed(fault, cause, view, page);
  }
}

const routesMeta = (routes: PageHost['routes']): TemplateResult =>
  html`<meta name="djust-routes" content=${JSON.stringify(routes)}>`;

function failed(fault: Fault, cause: unknown, view: View, { host }: PageHost): Response {
  const isDenied = fault.code === 'session/denied';
  const frame = errorFrame(host, fault, isDenied ? undefined : (cause ?? fault.code), { view: view.name });
  const text = publicText(fault.code);
  const details = host.isDevelopment
    ? html`<p><b>${fault.code}</b> ${frame.at ?? ''}</p><p>${HINTS[fault.code]}</p><pre>${frame.traceback ?? ''}</pre>`
    : '';
  const page = html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${text}</title>
      </head>
      <body><main><h1>${text}</h1>${frame.id ? html`<p>Reference: <code>${frame.id}</code></p>` : ''}${details}</main></body>
    </html>`;
  return respond(isDenied ? 403 : 500, page);
}

function respond(status: number, document: TemplateResult): Response {
  return new Response(renderToString(document), {
    status,
    headers: { ...SECURITY_HEADERS, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' },
  });
}
