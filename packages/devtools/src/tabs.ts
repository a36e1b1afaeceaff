import type { TabSpec } from './ui/context.ts';

/** All tabs in their order; 1 to 9 open the first nine. */
export const TABS: readonly TabSpec[] = [
  { id: 'overview', title: 'Overview', load: () => import('./tabs/overview.ts').then(({ overview }) => overview) },
  {
    id: 'events',
    title: 'Events',
    load: () => import('./tabs/events.ts').then(({ events }) => events),
    count: ({ store }) => {
      const { items } = store.events;
      const failed = items.filter(({ status }) => status === 'error' || status === 'rejected').length;
      return failed > 0 ? { text: `${items.length} · ${failed} failed`, isBad: true } : { text: `${items.length}` };
    },
  },
  { id: 'network', title: 'Network', load: () => import('./tabs/network.ts').then(({ network }) => network) },
  { id: 'patches', title: 'Patches', load: () => import('./tabs/patches.ts').then(({ patches }) => patches) },
  { id: 'state', title: 'State', load: () => import('./tabs/state.ts').then(({ state }) => state) },
  {
    id: 'performance',
    title: 'Performance',
    load: () => import('./tabs/performance.ts').then(({ performanceTab }) => performanceTab),
  },
  { id: 'handlers', title: 'Handlers', load: () => import('./tabs/handlers.ts').then(({ handlers }) => handlers) },
  { id: 'tree', title: 'Tree', load: () => import('./tabs/tree.ts').then(({ tree }) => tree) },
  { id: 'time', title: 'Time', load: () => import('./tabs/time.ts').then(({ time }) => time) },
  { id: 'offline', title: 'Offline', load: () => import('./tabs/offline.ts').then(({ offline }) => offline) },
  { id: 'a11y', title: 'A11y', load: () => import('./tabs/a11y.ts').then(({ a11y }) => a11y) },
  { id: 'settings', title: 'Settings', load: () => import('./tabs/settings.ts').then(({ settings }) => settings) },
];
