import type { DjustServer } from '@djust/server';

/** The counter with the client included in every way that people include scripts: /boot/NAME. */
const IIFE = '/djust/djust.min.js';
const VARIANTS: Record<string, { head?: string; body?: string; isOpen?: boolean }> = {
  'in-head': { head: `<script src="${IIFE}"></script>` },
  deferred: { head: `<script src="${IIFE}" defer></script>` },
  async: { head: `<script src="${IIFE}" async></script>` },
  'at-body-end': { body: `<script src="${IIFE}"></script>` },
  twice: { head: `<script src="${IIFE}" defer></script>`, body: `<script src="${IIFE}"></script>` },
  all: { head: '<script src="/djust/djust.all.min.js" defer></script>' },
  'all-and-full': {
    head: `<script src="/djust/djust.all.min.js" defer></script><script src="${IIFE}" defer></script>`,
  },
  'core-and-full': {
    head: `<script src="/djust/djust.core.min.js" defer></script><script src="${IIFE}" defer></script>`,
  },
  'full-and-core': {
    head: `<script src="${IIFE}" defer></script><script src="/djust/djust.core.min.js" defer></script>`,
  },
  'development-and-production': {
    head: `<script src="/djust/djust.js" defer></script><script src="${IIFE}" defer></script>`,
  },
  'esm-alone': { head: '<script src="/boot/esm.js" type="module"></script>' },
  'iife-beside-esm': {
    head: `<script src="${IIFE}" defer></script><script src="/boot/esm.js" type="module"></script>`,
  },
  'esm-beside-iife': {
    head: `<script src="/boot/esm.js" type="module"></script><script src="${IIFE}" defer></script>`,
  },
  'on-dom-content-loaded': { head: '<script src="/boot/on-dom-content-loaded.js"></script>', isOpen: true },
  'after-load': { head: '<script src="/boot/after-load.js"></script>', isOpen: true },
  'import-after-load': { head: '<script src="/boot/import-after-load.js"></script>' },
};

/** What a tag manager does. Trusted Types forbid that, so these pages have a policy without them. */
const insert = `const script = document.createElement('script'); script.src = '${IIFE}'; document.head.append(script);`;
const SCRIPTS: Record<string, string> = {
  'on-dom-content-loaded': `document.addEventListener('DOMContentLoaded', () => { ${insert} });`,
  'after-load': `addEventListener('load', () => setTimeout(() => { ${insert} }));`,
  'import-after-load': `addEventListener('load', () => setTimeout(() => import('${IIFE}')));`,
};

export const BOOT_VARIANTS: readonly string[] = Object.keys(VARIANTS);

export async function bootPage(request: Request, server: DjustServer): Promise<Response | undefined> {
  const url = new URL(request.url);
  const [, name = '', isScript] = /^\/boot\/([\w-]+)(\.js)?$/.exec(url.pathname) ?? [];
  if (isScript) return script(name === 'esm' ? await esm() : SCRIPTS[name]);
  const variant = VARIANTS[name];
  const counter = variant && (await server.fetch(new Request(new URL('/counter', url), { headers: request.headers })));
  if (!counter) return undefined;
  const { head = '', body = '', isOpen = false } = variant;
  const page = (await counter.text()).replace(/<script [^>]*><\/script>/, head).replace('</body>', `${body}</body>`);
  const headers = new Headers(counter.headers);
  if (isOpen) headers.set('content-security-policy', "script-src 'self'; style-src 'self'");
  return new Response(page, { headers });
}

const script = (text: string | undefined): Response | undefined =>
  text === undefined
    ? undefined
    : new Response(text, { headers: { 'content-type': 'text/javascript; charset=utf-8' } });

/** The ES modules as an app uses them: installed from the package, bundled with the app's own few lines. */
async function esm(): Promise<string> {
  const { build } = await import('esbuild');
  const contents = `
    import { createClient } from '@djust/client';
    import { loading } from '@djust/client/features/loading';
    import { notices } from '@djust/client/features/notices';
    const client = createClient({ features: [loading, notices] });
    client.start();
    window.djust ??= client;`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
