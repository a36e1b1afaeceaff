import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { FakeTransport } from '../../test/fake-transport.ts';
import { type Client, newClient } from '../client.ts';
import { morphContent } from '../dom/morph.ts';
import { navigation } from './navigation.ts';
import { page } from './page.ts';

let transport: FakeTransport;
let client: Client;
const home = location.pathname;

const route = (name: string): string => `${home}-${name}`;
const query = <T extends Element = HTMLElement>(selector: string): T => document.querySelector<T>(selector) as T;
const mounts = (): unknown[] =>
  transport.last.sent.filter(({ type }) => type.endsWith('mount')).map(({ type, view, url }) => [type, view, url]);
const changes = (): unknown[] => transport.last.of('url_change').map(({ params, uri }) => [params, uri]);

const reply = (view: string, html = '<p>there</p>', version = 2): void =>
  transport.last.receive({ type: 'mount', session_id: 's', view, version, html, has_ids: true });

/** A djust 1.x page with its route map. */
function live(html: string): void {
  document.body.innerHTML = `<div dj-view="a.Home">${html}</div>`;
  transport = new FakeTransport();
  client = newClient({ clock: new FakeClock(), transport, mergeHtml: morphContent, features: [navigation, page] });
  client.start();
  transport.last.mountBase(html);
}

beforeEach(() => {
  history.replaceState(null, '', home);
  const _routeMap = { [home]: 'a.Home', [route('list')]: 'a.List', '/items/:id': 'a.Item' };
  vi.stubGlobal('djust', { _routeMap });
});

afterEach(() => {
  client.stop();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
  history.replaceState(null, '', home);
});

it('dj-navigate mounts another view over the same socket, and the root bears its name (W27)', () => {
  live(`<a dj-navigate="${route('list')}">go</a>`);
  query('a').click();
  expect(mounts()).toEqual([
    ['mount', 'a.Home', home],
    ['live_redirect_mount', 'a.List', route('list')],
  ]);
  expect(location.pathname).toBe(route('list'));
  reply('a.List');
  expect(query('[dj-view]').outerHTML).toContain('dj-view="a.List"');
  expect(query('p').textContent).toBe('there');
  // A reconnect asks for the view that is shown.
  transport.last.lose();
  dispatchEvent(new Event('online'));
  transport.last.opened();
  transport.last.receive({ type: 'connect', session_id: 's' });
  expect(mounts()).toEqual([['mount', 'a.List', route('list')]]);
});

it('W28: the back button mounts the first page again, and does not tell the second one of a new query', async () => {
  live(`<a dj-navigate="${route('list')}">go</a>`);
  query('a').click();
  reply('a.List');
  const popped = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
  history.back();
  await popped;
  expect(mounts().at(-1)).toEqual(['live_redirect_mount', 'a.Home', home]);
  expect(changes()).toEqual([]);
});

it('dj-patch merges its query into the one that is there and tells the view', () => {
  history.replaceState(null, '', `${home}?sort=name&page=1`);
  live('<a dj-patch="?page=2">next</a>');
  query('a').click();
  expect(location.search).toBe('?sort=name&page=2');
  expect(changes()).toEqual([[{ sort: 'name', page: '2' }, `${home}?sort=name&page=2`]]);
});

it('dj-patch on a field sends its value', () => {
  live('<select dj-patch="?sort={value}"><option>a<option>b & c</select>');
  query<HTMLSelectElement>('select').value = 'b & c';
  query('select').dispatchEvent(new Event('change', { bubbles: true }));
  expect(changes()).toEqual([[{ sort: 'b & c' }, `${home}?sort=b+%26+c`]]);
});

it('back to another query of the same page tells the view', async () => {
  live('<a dj-patch="?page=2">next</a>');
  query('a').click();
  const popped = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
  history.back();
  await popped;
  expect(changes().at(-1)).toEqual([{}, home]);
  expect(mounts()).toHaveLength(1);
});

it('live_patch writes the address and asks nothing; live_redirect mounts', () => {
  live('');
  transport.last.receive({ type: 'navigation', action: 'live_patch', params: { page: '3', empty: '', none: null } });
  expect(location.search).toBe('?page=3');
  expect(changes()).toEqual([]);
  transport.last.receive({ type: 'navigation', action: 'live_redirect', path: '/items/7' });
  expect(mounts().at(-1)).toEqual(['live_redirect_mount', 'a.Item', '/items/7']);
});

it('keeps what others have in the state of a history entry', () => {
  history.replaceState({ turbonav: { page: 'p', key: 'k' }, mine: 1 }, '', home);
  live('<a dj-patch="?page=2">next</a>');
  query('a').click();
  expect(history.state).toMatchObject({ turbonav: { page: 'p', key: 'k' }, mine: 1, djust: true });
});

it('leaves an entry of another page to the library that keeps pages', async () => {
  history.replaceState({ turbonav: { page: 'p', key: 'k' } }, '', home);
  live('');
  history.pushState({ turbonav: { page: 'q', key: 'l' } }, '', route('list'));
  dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
  expect(mounts()).toHaveLength(1);
});

it('W31: without a connection a link is the browser’s', () => {
  live(`<a href="#x" dj-navigate="${route('list')}">go</a><a href="#y" dj-patch="?page=2">next</a>`);
  transport.last.lose();
  for (const link of document.querySelectorAll('a')) {
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    link.dispatchEvent(click);
    expect(click.defaultPrevented).toBe(false);
  }
});

it('marks the link to the page that is shown, and only that', () => {
  live(`<a id="h" dj-navigate="${home}">home</a><a id="l" dj-navigate="${route('list')}">list</a>`);
  expect(query('#h').getAttribute('aria-current')).toBe('page');
  expect(query('#l').hasAttribute('aria-current')).toBe(false);
});

it('takes plain links where the page asks for it', () => {
  document.head.insertAdjacentHTML('beforeend', '<meta name="djust-auto-navigate" content="1">');
  live(`<a id="y" href="${route('list')}">go</a><a id="n" href="${route('list')}" data-no-navigate>no</a>`);
  query('#n').addEventListener('click', (event) => event.preventDefault());
  query('#n').click();
  expect(mounts()).toHaveLength(1);
  query('#y').click();
  expect(mounts().at(-1)).toEqual(['live_redirect_mount', 'a.List', route('list')]);
  document.querySelector('meta[name="djust-auto-navigate"]')?.remove();
});

it('sets the title and meta tags that the view asks for', () => {
  live('');
  transport.last.receive(
    { type: 'page_metadata', action: 'title', value: 'New' },
    { type: 'page_metadata', action: 'meta', name: 'og:title', content: 'New' },
  );
  expect(document.title).toBe('New');
  expect(query('meta[property="og:title"]').getAttribute('content')).toBe('New');
});
