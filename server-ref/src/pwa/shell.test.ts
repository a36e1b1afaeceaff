import { describe, expect, it } from 'vitest';
import type { ShellLayout } from '../layout.ts';
import { silentLogger } from '../logger.ts';
import { createServer, type DjustServer } from '../server.ts';
import { defineView } from '../view/define-view.ts';
import { html } from '../view/html.ts';

const view = defineView({
  name: 'test.hello',
  title: 'Hello & co',
  state: { at: 0 },
  events: {},
  render: () => html`<p>Hello</p>`,
});

const layout = (nav = 'Menu'): ShellLayout => ({
  name: 'app',
  frame: ({ title, main }) => html`<!DOCTYPE html>
    <html lang="en"><head>${title === undefined ? '' : html`<title>${title}</title>`}</head>
    <body><nav>${nav}</nav><main>${main}</main></body></html>`,
  main: ({ root }) => html`<section>${root}</section>`,
});

const serverOf = (nav?: string): DjustServer =>
  createServer({ pages: { '/': view }, layout: layout(nav), epoch: () => 'e"1', log: silentLogger });

async function get(server: DjustServer, path: string, headers: Record<string, string> = {}) {
  const response = (await server.fetch(new Request(`https://app.example${path}`, { headers }))) as Response;
  return { response, headers: response.headers, text: await response.text() };
}

const shellOf = async (server: DjustServer): Promise<string> =>
  (await get(server, '/djust/shell/app')).headers.get('x-shell') ?? '';

describe('the frame', () => {
  it('is sent by itself, with a place for the page and nothing of a page or a visitor', async () => {
    const { text, headers } = await get(serverOf(), '/djust/shell/app', { cookie: 'session=ann' });
    expect(text.split('<!--djust:main-->')).toHaveLength(2);
    expect(text).not.toMatch(/<title|dj-view|data-dj|ann/);
    expect(headers.get('x-shell')).toMatch(/^app=[0-9a-f]{16}$/);
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('keeps its name until it changes', async () => {
    expect(await shellOf(serverOf())).toBe(await shellOf(serverOf()));
    expect(await shellOf(serverOf('Another menu'))).not.toBe(await shellOf(serverOf()));
  });

  it('is not sent again to somebody who has it', async () => {
    const server = serverOf();
    const etag = (await get(server, '/djust/shell/app')).headers.get('etag') ?? '';
    expect((await get(server, '/djust/shell/app', { 'if-none-match': etag })).response.status).toBe(304);
  });

  it('of another layout is none of ours', async () => {
    expect(await serverOf().fetch(new Request('https://app.example/djust/shell/other'))).toBeUndefined();
  });
});

describe('a page', () => {
  it('comes whole, and names its frame and its session', async () => {
    const server = serverOf();
    const { text, headers } = await get(server, '/');
    expect(text).toContain('<title>Hello &amp; co</title>');
    expect(text).toContain('<nav>Menu</nav>');
    expect(text).toContain('data-dj-epoch="e&quot;1" data-dj-layout="app"');
    expect(headers.get('x-shell')).toBe(await shellOf(server));
    expect(headers.get('x-session-epoch')).toBe('e"1');
    expect(headers.get('x-djust-main-only')).toBeNull();
    expect(headers.get('vary')).toContain('X-Djust-Main-Only');
    expect(headers.get('vary')).toContain('Service-Worker-Navigation-Preload');
  });

  it.each(['x-djust-main-only', 'service-worker-navigation-preload'])(
    'comes as its main part for a worker that has the frame, asked by %s',
    async (name) => {
      const server = serverOf();
      const shell = await shellOf(server);
      const { text, headers } = await get(server, '/', { [name]: `other=1,${shell}` });
      expect(text).toMatch(/^<title>Hello &amp; co<\/title>\s*<section><div dj-view="test.hello"/);
      expect(text).not.toMatch(/<nav|<main|<html/);
      expect(headers.get('x-djust-main-only')).toBe(shell);
      expect(headers.get('cache-control')).toBe('private, no-store');
    },
  );

  it.each(['true', 'app=0000000000000000', 'none', ''])(
    'comes whole for a worker that has another: %j',
    async (held) => {
      const { text, headers } = await get(serverOf(), '/', { 'service-worker-navigation-preload': held });
      expect(text).toContain('<nav>Menu</nav>');
      expect(headers.get('x-djust-main-only')).toBeNull();
    },
  );

  it('that is fetched ahead may be held for a moment, any other may not', async () => {
    const { headers } = await get(serverOf(), '/', { 'x-djust-prefetch': '1' });
    expect(headers.get('cache-control')).toBe('private, max-age=15');
  });

  it('of a server without a frame says nothing of all this', async () => {
    const server = createServer({ pages: { '/': view }, log: silentLogger });
    const { headers } = await get(server, '/', { 'x-djust-main-only': 'app=1' });
    for (const name of ['x-shell', 'x-djust-main-only', 'x-session-epoch', 'vary'])
      expect(headers.get(name)).toBeNull();
  });
});
