import { describe, expect, it } from 'vitest';
import { rig } from '../test/rig.ts';
import { counter } from '../test/views.ts';
import { silentLogger } from './logger.ts';
import { createServer } from './server.ts';
import { html } from './view/html.ts';

describe('a rendered page', () => {
  it('names its view, its session and its version on the root element', async () => {
    const { get } = rig(counter());
    const page = await get();
    expect(page.text).toContain(
      `<div dj-view="test.view" dj-root="" data-dj-session="${page.session}" data-dj-version="1"><p dj-id="1"`,
    );
    expect(page.session).toMatch(/^[0-9a-f]{32}$/);
  });

  it('has the title of the view, escaped', async () => {
    const { get } = rig(counter({ title: () => '</title><script>' }));
    expect((await get()).text).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>');
  });

  it('has no script or style of its own, only files', async () => {
    const { text } = await rig(counter()).get();
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=/);
  });

  it('stands in the layout of the site', async () => {
    const { get } = rig(counter(), {
      layout: ({ title, root, path, view }) =>
        html`<main data-path=${path} data-view=${view.name}>${title}${root}</main>`,
    });
    const { text } = await get();
    expect(text).toMatch(/^<main data-path="\/" data-view="test.view"><div dj-view=/);
  });

  it('gives the view its query, where the last of a name wins and no name is special', async () => {
    const seen: unknown[] = [];
    const { get } = rig(counter({ mount: ({ url, params, connected }) => void seen.push([url, params, connected]) }));
    await get('/?a=1&a=2&__proto__=x');
    const params = JSON.parse('{"a":"2","__proto__":"x"}');
    expect(seen).toEqual([['/', params, false]]);
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  it('is private to its visitor', async () => {
    expect((await rig(counter()).get()).headers.get('cache-control')).toBe('private, no-store');
  });

  it('that fails says so without details, under an id that the log knows', async () => {
    const { get, log } = rig(
      counter({
        mount: () => {
          throw new Error('secret');
        },
      }),
    );
    const page = await get();
    const id = /<code>([0-9a-f]+)<\/code>/.exec(page.text)?.[1];
    expect(page.status).toBe(500);
    expect(page.text).not.toContain('secret');
    expect(log).toMatchObject([{ level: 'error', id, view: 'test.view' }]);
  });

  it('whose layout fails is an error page too', async () => {
    const { get } = rig(counter(), {
      layout: () => {
        throw new Error('secret');
      },
    });
    const page = await get();
    expect(page.status).toBe(500);
    expect(page.text).not.toContain('secret');
  });
});

describe('a server', () => {
  it('refuses pages that are no paths, and two views of one name', () => {
    expect(() => createServer({ pages: { home: counter() }, log: silentLogger })).toThrow('config/invalid');
    expect(() => createServer({ pages: { '/a': counter(), '/b': counter() }, log: silentLogger })).toThrow(
      'config/invalid',
    );
    const view = counter();
    expect(() => createServer({ pages: { '/a': view, '/b': view }, log: silentLogger })).not.toThrow();
  });

  it('answers nothing for paths that are not its own', async () => {
    const { server } = rig(counter());
    expect(await server.fetch(new Request('https://app.example/other'))).toBeUndefined();
  });
});
