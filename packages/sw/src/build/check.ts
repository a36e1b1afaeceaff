/** Something that keeps a site from being installed, or that its visitors will miss. */
export interface Finding {
  readonly code: string;
  readonly at: string;
  readonly hint: string;
  /** The site can be installed all the same. */
  readonly isWarning?: true;
}

type Fetch = (url: string) => Promise<Response>;

interface Icon {
  readonly src: string;
  readonly sizes: string;
  readonly purpose: string;
}

const MAX_AGE_S = 86_400;

/** Looks at a running site as a browser does that is asked to install it. */
export async function checkSite(page: string, fetch: Fetch, worker = '/sw.js'): Promise<Finding[]> {
  const url = new URL(page);
  const findings: Finding[] = [];
  const add = (code: string, at: string, hint: string, isWarning?: true): void =>
    void findings.push({ code, at, hint, ...(isWarning && { isWarning }) });
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !isLocal)
    add('pwa/not-secure', page, 'Serve the site over HTTPS; browsers register no worker without it.');
  const html = await textOf(page, fetch);
  if (html === undefined) {
    add('pwa/page-missing', page, 'The page does not answer with 200.');
    return findings;
  }
  if (!/<meta[^>]+name="?theme-color/.test(html))
    add('pwa/no-theme-color', page, 'Add <meta name="theme-color">.', true);
  const [, href] = /<link[^>]+rel="?manifest"?[^>]*href="([^"]+)"/.exec(html) ?? [];
  if (href) await checkManifest(new URL(href, url), fetch, add);
  else add('pwa/no-manifest', page, 'Add <link rel="manifest" href="/manifest.webmanifest">.');
  await checkWorker(new URL(worker, url), fetch, add);
  return findings;
}

type Add = (code: string, at: string, hint: string, isWarning?: true) => void;

async function checkManifest(url: URL, fetch: Fetch, add: Add): Promise<void> {
  const at = url.href;
  const text = await textOf(at, fetch);
  const manifest = text === undefined ? undefined : parse(text);
  if (!manifest) return add('pwa/no-manifest', at, 'The manifest is missing, or it is no JSON object.');
  for (const name of ['name', 'short_name', 'start_url', 'display', 'id'])
    if (typeof manifest[name] !== 'string' || manifest[name] === '')
      add('pwa/manifest-field', `${at}#/${name}`, `Give it a ${name}.`);
  const start = typeof manifest.start_url === 'string' ? new URL(manifest.start_url, url).href : undefined;
  if (start && (await textOf(start, fetch)) === undefined)
    add('pwa/start-missing', start, 'start_url does not answer with 200.');
  const icons = Array.isArray(manifest.icons) ? manifest.icons.flatMap(readIcon) : [];
  for (const size of ['192x192', '512x512'])
    if (!icons.some(({ sizes }) => sizes === 'any' || sizes.split(' ').includes(size)))
      add('pwa/icon-missing', `${at}#/icons`, `An icon of ${size} is missing.`);
  if (!icons.some(({ purpose }) => purpose.split(' ').includes('maskable')))
    add('pwa/icon-missing', `${at}#/icons`, 'A maskable icon is missing; phones would cut the others.');
  for (const icon of icons) await checkIcon(new URL(icon.src, url), icon, fetch, add);
  if (!Array.isArray(manifest.screenshots))
    add('pwa/no-screenshots', at, 'Screenshots make the offer to install larger.', true);
}

async function checkIcon(url: URL, { sizes }: Icon, fetch: Fetch, add: Add): Promise<void> {
  const response = await fetch(url.href).catch(() => undefined);
  if (!response?.ok) return add('pwa/icon-missing', url.href, 'The icon does not answer with 200.');
  const size = pngSize(new Uint8Array(await response.arrayBuffer()));
  if (size && sizes !== 'any' && !sizes.split(' ').includes(size))
    add('pwa/icon-size', url.href, `It is ${size}, not ${sizes}.`);
}

async function checkWorker(url: URL, fetch: Fetch, add: Add): Promise<void> {
  const response = await fetch(url.href).catch(() => undefined);
  if (!response?.ok) return add('pwa/no-worker', url.href, 'Write it with djust-sw build and serve it at the root.');
  const { headers } = response;
  if (!/javascript/.test(headers.get('content-type') ?? ''))
    add('pwa/worker-type', url.href, 'Serve it as text/javascript.');
  const [, maxAge = '0'] = /max-age=(\d+)/.exec(headers.get('cache-control') ?? '') ?? [];
  if (Number(maxAge) > MAX_AGE_S) add('pwa/worker-cached', url.href, 'Serve it with Cache-Control: no-cache.');
  if (!/['"]fetch['"]/.test(await response.text())) add('pwa/worker-idle', url.href, 'It answers no requests.');
}

function readIcon(value: unknown): Icon[] {
  const { src, sizes = '', purpose = 'any' } = (value ?? {}) as Partial<Record<keyof Icon, unknown>>;
  return typeof src === 'string' && typeof sizes === 'string' && typeof purpose === 'string'
    ? [{ src, sizes, purpose }]
    : [];
}

/** Width and height stand at the beginning of every PNG; nothing for other pictures. */
function pngSize(bytes: Uint8Array): string | undefined {
  if (bytes.length < 24 || bytes[0] !== 0x89 || bytes[1] !== 0x50) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return `${view.getUint32(16)}x${view.getUint32(20)}`;
}

async function textOf(url: string, fetch: Fetch): Promise<string | undefined> {
  const response = await fetch(url).catch(() => undefined);
  return response?.status === 200 ? response.text() : undefined;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
