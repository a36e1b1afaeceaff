import { type Fault, HINTS, publicText } from '@djust/protocol';
import { serverTiming } from './debug/server-timing.ts';
import { span, traced } from './debug/span.ts';
import type { PageLayout } from './layout.ts';
import { SHELL_VARY, type Shell, shellPage, wantsMainOnly } from './pwa/shell.ts';
import { SECURITY_HEADERS } from './security/http.ts';
import { errorFrame } from './session/error-frame.ts';
import type { SessionHost } from './session/host.ts';
import { MountRefused } from './session/refusal.ts';
import type { SessionRegistry } from './session/registry.ts';
import { awayAttributes } from './view/away.ts';
import type { Principal, View } from './view/define-view.ts';
import { escapeAttribute } from './view/escape.ts';
import { html, type TemplateResult, unsafeHtml } from './view/html.ts';
import { renderToString } from './view/static.ts';

export interface PageHost {
  readonly host: SessionHost;
  readonly sessions: SessionRegistry;
  readonly principalOf: (request: Request) => Promise<Principal | null>;
  readonly layout: PageLayout;
  /** In place of `layout`, when the frame can be sent apart. */
  readonly shell?: Shell | undefined;
  /** Names the visitor's session; changes at login, logout and loss of rights. */
  readonly epochOf?: ((request: Request) => string | Promise<string>) | undefined;
  /** The view takes up the state that its page was left in. */
  readonly canRestore: boolean;
  /** Path → name of its view. */
  readonly routes: Readonly<Record<string, string>>;
}

/** How long a worker may hold a page that it fetched ahead. Its session waits a little longer for its socket. */
const PREFETCH_S = 15;

/** Renders a page for HTTP. Its session waits for the page's socket, which adopts it instead of mounting again. */
export async function renderPage(view: View, request: Request, page: PageHost): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response('Method not allowed', { status: 405, headers: { allow: 'GET, HEAD' } });
  }
  if (!page.host.isDevelopment) return answerPage(view, request, page);
  let timing = '';
  const response = await traced(
    view.name,
    () => answerPage(view, request, page),
    (trace) => {
      timing = serverTiming(trace);
    },
  );
  response.headers.set('server-timing', timing);
  return response;
}

async function answerPage(view: View, request: Request, page: PageHost): Promise<Response> {
  const url = new URL(request.url);
  try {
    const principal = await span('principal', () => page.principalOf(request));
    const visit = { url: url.pathname, params: Object.fromEntries(url.searchParams), principal };
    const { session, html: content } = await span('mount', () => page.sessions.openForPage(view, visit));
    const epoch = await page.epochOf?.(request);
    const attributes = {
      'dj-view': view.name,
      'dj-root': '',
      ...(page.canRestore && { 'data-dj-restore': '' }),
      ...awayAttributes(view.offline, view.sync),
      'data-dj-session': session.ledger.name,
      'data-dj-version': '1',
      ...(view.keepOnReload && { 'dj-keep': '' }),
      ...(epoch !== undefined && { 'data-dj-epoch': epoch }),
      ...(page.shell && { 'data-dj-layout': page.shell.layout.name }),
    };
    const written = Object.entries(attributes).map(([name, value]) => `${name}="${escapeAttribute(value)}"`);
    const root = unsafeHtml(`<div ${written.join(' ')}>${content}</div>`);
    const parts = { title: session.title, root, routes: routesMeta(page.routes), path: url.pathname, view };
    const headers = workerHeaders(request, page.shell, epoch);
    if (!page.shell) return respond(200, page.layout(parts), headers);
    return respond(200, shellPage(page.shell, parts, wantsMainOnly(request, page.shell)), headers);
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

/** What a service worker reads. */
function workerHeaders(request: Request, shell: Shell | undefined, epoch: string | undefined): Record<string, string> {
  return {
    ...(epoch !== undefined && { 'x-session-epoch': epoch }),
    ...(shell && { 'x-shell': shell.id, vary: SHELL_VARY }),
    ...(shell && wantsMainOnly(request, shell) && { 'x-djust-main-only': shell.id }),
    ...(request.headers.has('x-djust-prefetch') && { 'cache-control': `private, max-age=${PREFETCH_S}` }),
  };
}

function respond(status: number, document: TemplateResult, headers: Record<string, string> = {}): Response {
  return new Response(renderToString(document), {
    status,
    headers: {
      ...SECURITY_HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-store',
      ...headers,
    },
  });
}
