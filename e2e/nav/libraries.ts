import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { SiteOptions } from './counted-site.ts';

/** Whoever keeps the contract of docs/navigation-contract.md; each takes pages out and puts others in, in its own way. */
export const LIBRARIES: Readonly<Record<string, SiteOptions>> = {
  turbonav: {},
  '@hotwired/turbo': { library: '/lib/turbo.js', pages: { '/lib/turbo.js': () => turbo() } },
  'a bare swapper': { library: '/lib/bare.js', pages: { '/lib/bare.js': () => script(BARE) } },
};

const script = (text: string): Response => new Response(text, { headers: { 'content-type': 'text/javascript' } });

const turbo = async (): Promise<Response> =>
  script(await readFile(createRequire(import.meta.url).resolve('@hotwired/turbo/dist/turbo.es2017-umd.js'), 'utf8'));

/** The least that is enough: content through innerHTML, two events, and nothing kept for the way back. */
const BARE = `
  const tell = (name) => document.dispatchEvent(new CustomEvent(name));
  let wanted = 0;
  async function show(url) {
    const mine = ++wanted;
    const text = await (await fetch(url)).text();
    if (mine !== wanted) return false;
    const page = new DOMParser().parseFromString(text, 'text/html');
    tell('turbonav:before-swap');
    document.querySelector('main').innerHTML = page.querySelector('main').innerHTML;
    document.title = page.title;
    return true;
  }
  addEventListener('click', async (event) => {
    const link = event.target.closest('a[href]');
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    if (!(await show(link.href))) return;
    history.pushState({}, '', link.href);
    tell('turbo:load');
  });
  addEventListener('popstate', async () => (await show(location.href)) && tell('turbo:load'));`;
