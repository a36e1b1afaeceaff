import { describe, expect, it } from 'vitest';
import type { TemplateResult } from '../view/html.ts';
import { renderToString } from '../view/static.ts';
import { type AppManifest, webManifest } from './manifest.ts';
import { installButton, offlineFallback, offlineIndicator, pwaHead, updateBanner } from './templates.ts';
import { serviceWorkerFile } from './worker-file.ts';

const icon = (sizes: string, purpose?: 'maskable') => ({
  src: `/${sizes}.png`,
  sizes,
  type: 'image/png',
  ...(purpose && { purpose }),
});
const app: AppManifest = {
  name: 'Notes',
  themeColor: '#000',
  icons: [icon('192x192'), icon('512x512'), icon('512x512', 'maskable')],
};
const request = (path: string, init?: RequestInit): Request => new Request(`https://app.example${path}`, init);

describe('the manifest', () => {
  it('says what the app is, with an id and a scope', async () => {
    const response = await webManifest(app)(request('/manifest.webmanifest'));
    expect(response?.headers.get('content-type')).toBe('application/manifest+json');
    expect(await response?.json()).toMatchObject({
      id: '/',
      name: 'Notes',
      short_name: 'Notes',
      start_url: '/',
      scope: '/',
      display: 'standalone',
      theme_color: '#000',
    });
    expect(await webManifest(app)(request('/'))).toBeUndefined();
  });

  it.each<[string, Partial<AppManifest>]>([
    ['/name', { name: '' }],
    ['/startUrl', { startUrl: 'https://other.example/' }],
    ['/icons', { icons: [icon('192x192'), icon('512x512', 'maskable')].slice(1) }],
    ['/icons', { icons: [icon('192x192'), icon('192x192', 'maskable')] }],
    ['/icons', { icons: [icon('192x192'), icon('512x512')] }],
  ])('that a browser would refuse is refused at once: %s', (at, change) => {
    expect(() => webManifest({ ...app, ...change })).toThrow(
      expect.objectContaining({ code: 'config/invalid', at }) as Error,
    );
  });
});

describe('the worker', () => {
  it('is a script at the root, asked for anew each time', async () => {
    let code = 'one';
    const answer = serviceWorkerFile({ code: () => code });
    const first = await answer(request('/sw.js'));
    expect(first?.headers.get('content-type')).toContain('text/javascript');
    expect(first?.headers.get('cache-control')).toBe('no-cache');
    expect(first?.headers.get('service-worker-allowed')).toBe('/');
    code = 'two';
    expect([await first?.text(), await (await answer(request('/sw.js')))?.text()]).toEqual(['one', 'two']);
    expect(await answer(request('/static/sw.js'))).toBeUndefined();
    expect(await answer(request('/sw.js', { method: 'POST' }))).toBeUndefined();
  });
});

describe('the templates', () => {
  const text = (template: TemplateResult): string =>
    renderToString(template).replaceAll('=""', '').replace(/\s+/g, ' ').trim();

  it('need no inline script and no inline style', () => {
    const all = [
      pwaHead({ themeColor: '#000' }),
      offlineIndicator(),
      offlineFallback('a', 'b'),
      installButton(),
      updateBanner(),
    ].map(text);
    for (const one of all) expect(one).not.toMatch(/<script(?![^>]* src=)| on\w+=| style=/);
    expect(all[0]).toContain('<link rel="manifest" href="/manifest.webmanifest">');
    expect(all[0]).toContain('<meta name="djust-sw" content="/sw.js" data-update="prompt">');
  });

  it('show what works without scripts, and hide what does not', () => {
    expect(text(offlineFallback('on', 'off'))).toBe(
      '<div dj-offline-hide>on</div> <div dj-offline-show hidden>off</div>',
    );
    for (const one of [offlineIndicator(), installButton(), updateBanner()]) expect(text(one)).toContain(' hidden>');
  });

  it('escape what they are given', () => {
    expect(text(installButton('<b>'))).toContain('&lt;b&gt;');
    expect(text(pwaHead({ worker: '"><script>' }))).not.toContain('"><script>');
  });
});
