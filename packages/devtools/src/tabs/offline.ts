import type { PanelContext, TabView } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { bytes } from '../ui/format.ts';

/** What this device keeps: the worker, its caches, databases, and what still waits to be sent. */
export function offline(context: PanelContext): TabView {
  const content = h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': 'Kept on this device' });
  const load = async (): Promise<void> => content.replaceChildren(...(await draw(context, load)));
  const element = h(
    'div',
    {},
    h(
      'div.toolbar',
      {},
      button('Look again', () => void load()),
      h('span.total', {}, 'Only of this origin.'),
    ),
    content,
  );
  let isLoaded = false;
  return {
    element,
    update() {
      if (isLoaded) return;
      isLoaded = true;
      void load();
    },
  };
}

async function draw(context: PanelContext, again: () => Promise<void>): Promise<HTMLElement[]> {
  const client = context.client();
  const facts = h('dl.facts');
  const add = (name: string, value: string): void => facts.append(h('dt', {}, name), h('dd', {}, value));
  add('Network', navigator.onLine ? 'online, says the browser' : 'offline, says the browser');
  add('Events on their way', String(client?.openEvents ?? 0));
  add('Kept', await usage());
  const parts: HTMLElement[] = [
    h('h2', {}, 'On this device'),
    facts,
    h('h3', {}, 'Service worker'),
    await workers(again),
    h('h3', {}, 'Caches'),
  ];
  parts.push(...(await cacheTables(again)), h('h3', {}, 'Databases'), await databases());
  return parts;
}

async function usage(): Promise<string> {
  const { usage: used = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return `${bytes(used)} of ${bytes(quota)}`;
}

async function workers(again: () => Promise<void>): Promise<HTMLElement> {
  const registrations = (await navigator.serviceWorker?.getRegistrations?.()) ?? [];
  if (registrations.length === 0) return h('p.soft', {}, 'There is none on this origin.');
  const list = h('ul');
  for (const registration of registrations) {
    const { active, waiting, installing, scope } = registration;
    const state = [
      active && `active (${active.state})`,
      waiting && 'another one waits',
      installing && 'another one installs',
    ]
      .filter(Boolean)
      .join(', ');
    list.append(
      h(
        'li',
        {},
        h('span.mono', {}, new URL(scope).pathname),
        ` ${state} `,
        button('Unregister', async () => {
          await registration.unregister();
          await again();
        }),
      ),
    );
  }
  return list;
}

async function cacheTables(again: () => Promise<void>): Promise<HTMLElement[]> {
  const names = (await globalThis.caches?.keys()) ?? [];
  if (names.length === 0) return [h('p.soft', {}, 'There are none.')];
  return Promise.all(names.map((name) => cacheTable(name, again)));
}

async function cacheTable(name: string, again: () => Promise<void>): Promise<HTMLElement> {
  const cache = await caches.open(name);
  const requests = await cache.keys();
  const body = h('tbody');
  let total = 0;
  for (const request of requests.slice(0, 100)) {
    const response = await cache.match(request);
    const size = response ? (await response.blob()).size : 0;
    total += size;
    const age = response?.headers.get('date') ?? '';
    body.append(
      h('tr', {}, h('td.mono', {}, new URL(request.url).pathname), h('td', {}, age), h('td.num', {}, bytes(size))),
    );
  }
  const purge = button('Empty', async () => {
    await caches.delete(name);
    await again();
  });
  return h(
    'details',
    {},
    h('summary', {}, `${name}: ${requests.length} ${requests.length === 1 ? 'entry' : 'entries'}, ${bytes(total)}`),
    purge,
    h('table', {}, body),
  );
}

async function databases(): Promise<HTMLElement> {
  const found = (await indexedDB.databases?.()) ?? [];
  if (found.length === 0) return h('p.soft', {}, 'There are none.');
  return h(
    'ul',
    {},
    ...found.map(({ name, version }) => h('li', {}, h('span.mono', {}, name ?? ''), ` version ${version}`)),
  );
}
