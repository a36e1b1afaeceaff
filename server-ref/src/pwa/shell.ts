import { createHash } from 'node:crypto';
import type { PageParts, ShellLayout } from '../layout.ts';
import { SECURITY_HEADERS } from '../security/http.ts';
import { html, type TemplateResult, unsafeHtml } from '../view/html.ts';
import { renderToString } from '../view/static.ts';

/** A shell layout as it is served. */
export interface Shell {
  readonly layout: ShellLayout;
  /** `name=hash`; changes with the frame. */
  readonly id: string;
  readonly html: string;
}

/** Where a worker puts the page. */
const MAIN_MARK = '<!--djust:main-->';
const SHELL_PATH = '/djust/shell/';

/** Answers depend on these: a cache between us must not give a part to somebody who asked for the whole. */
export const SHELL_VARY = 'X-Djust-Main-Only, Service-Worker-Navigation-Preload';

export function shellOf(layout: ShellLayout): Shell {
  const document = renderToString(layout.frame({ title: undefined, path: undefined, main: unsafeHtml(MAIN_MARK) }));
  const hash = createHash('sha256').update(document).digest('hex').slice(0, 16);
  return { layout, id: `${layout.name}=${hash}`, html: document };
}

/** The frame by itself, when the request is for it. */
export function answerShell(request: Request, shell: Shell): Response | undefined {
  if (new URL(request.url).pathname !== SHELL_PATH + shell.layout.name) return undefined;
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'public, no-cache',
    etag: `"${shell.id}"`,
    'x-shell': shell.id,
  };
  const isKnown = request.headers.get('if-none-match') === headers.etag;
  return isKnown ? new Response(null, { status: 304, headers }) : new Response(shell.html, { headers });
}

/** Does the worker hold this very frame, and ask for the main part alone? */
export function wantsMainOnly({ headers }: Request, { id }: Shell): boolean {
  const held = headers.get('x-djust-main-only') ?? headers.get('service-worker-navigation-preload') ?? '';
  return held.split(',').includes(id);
}

/** The page in one piece, or only what the frame in the browser lacks. */
export function shellPage(shell: Shell, parts: PageParts, isMainOnly: boolean): TemplateResult {
  const main = shell.layout.main(parts);
  if (!isMainOnly) return shell.layout.frame({ title: parts.title, path: parts.path, main });
  // A title counts wherever it stands; the frame has none.
  return html`<title>${parts.title}</title>${main}`;
}
