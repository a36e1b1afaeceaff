import { describe, expect, it } from 'vitest';
import { checkSite } from './check.ts';

const ORIGIN = 'https://app.example';
const PAGE = '<meta name="theme-color" content="#000"><link rel="manifest" href="/app.webmanifest">';
const icon = (sizes: string, purpose = 'any') => ({ src: `/${sizes}.png`, sizes, type: 'image/png', purpose });
const MANIFEST = {
  id: '/',
  name: 'Notes',
  short_name: 'Notes',
  start_url: '/start',
  display: 'standalone',
  icons: [icon('192x192'), icon('512x512', 'any maskable')],
  screenshots: [],
};

function png(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(24);
  bytes.set([0x89, 0x50, 0x4e, 0x47]);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
}

type Answers = Record<string, () => Response>;

const good = (manifest: object = MANIFEST): Answers => ({
  '/': () => new Response(PAGE),
  '/start': () => new Response('start'),
  '/app.webmanifest': () => Response.json(manifest),
  '/192x192.png': () => new Response(png(192, 192)),
  '/512x512.png': () => new Response(png(512, 512)),
  '/sw.js': () =>
    new Response("self.addEventListener('fetch', answer)", {
      headers: { 'content-type': 'text/javascript', 'cache-control': 'no-cache' },
    }),
});

async function codes(answers: Answers, page = `${ORIGIN}/`): Promise<string[]> {
  const findings = await checkSite(
    page,
    async (url) => answers[new URL(url).pathname]?.() ?? new Response('', { status: 404 }),
  );
  for (const { hint } of findings) expect(hint.length).toBeGreaterThan(5);
  return findings.map(({ code, isWarning }) => `${code}${isWarning ? ' (warning)' : ''}`);
}

describe('a site that can be installed', () => {
  it('has no findings', async () => expect(await codes(good())).toEqual([]));

  it('may be on this machine without HTTPS', async () => {
    expect(await codes(good(), 'http://localhost:8000/')).toEqual([]);
    expect(await codes(good(), 'http://app.example/')).toEqual(['pwa/not-secure']);
  });
});

describe('a site that cannot', () => {
  it.each<[string, Partial<Answers>]>([
    ['pwa/page-missing', { '/': () => new Response('', { status: 500 }) }],
    ['pwa/no-manifest', { '/': () => new Response('<meta name="theme-color">') }],
    ['pwa/no-manifest', { '/app.webmanifest': () => new Response('<html>') }],
    ['pwa/start-missing', { '/start': () => new Response('', { status: 404 }) }],
    ['pwa/icon-missing', { '/512x512.png': () => new Response('', { status: 404 }) }],
    ['pwa/icon-size', { '/512x512.png': () => new Response(png(511, 512)) }],
    ['pwa/no-worker', { '/sw.js': () => new Response('', { status: 404 }) }],
    ['pwa/worker-type', { '/sw.js': () => new Response("'fetch'", { headers: { 'content-type': 'text/html' } }) }],
    [
      'pwa/worker-cached',
      {
        '/sw.js': () =>
          new Response("'fetch'", {
            headers: { 'content-type': 'text/javascript', 'cache-control': 'max-age=31536000' },
          }),
      },
    ],
    ['pwa/worker-idle', { '/sw.js': () => new Response('', { headers: { 'content-type': 'text/javascript' } }) }],
  ])('has %s', async (code, answers) => expect(await codes({ ...good(), ...(answers as Answers) })).toEqual([code]));

  it.each<[string, object]>([
    ['pwa/manifest-field', { name: '' }],
    ['pwa/manifest-field', { id: undefined }],
    ['pwa/manifest-field', { display: 7 }],
    ['pwa/icon-missing', { icons: [icon('512x512', 'maskable')] }],
    ['pwa/icon-missing', { icons: [icon('192x192', 'maskable')] }],
    ['pwa/icon-missing', { icons: [icon('192x192'), icon('512x512')] }],
    ['pwa/no-screenshots (warning)', { screenshots: undefined }],
  ])('has %s with %j', async (code, change) => expect(await codes(good({ ...MANIFEST, ...change }))).toEqual([code]));
});
