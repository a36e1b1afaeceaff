import {
  createServer,
  type DjustServer,
  defineView,
  html,
  type SessionRecord,
  type StateStore,
  silentLogger,
} from '@djust/server';

type State = SessionRecord['state'];

export const VIEW = 'bench.tasks';

/** A site of one page that keeps a list and shows a number. @param state  of each visitor, or how it is made */
export function tasksServer(store: StateStore, state: State | (() => State)): DjustServer {
  const view = defineView<State>({
    name: VIEW,
    state: typeof state === 'function' ? { count: 0, rows: [] } : state,
    mount: () => (typeof state === 'function' ? state() : undefined),
    events: { add: ({ count }) => ({ count: Number(count) + 1 }) },
    render: ({ count }) => html`<p>${String(count)}</p>`,
  });
  return createServer({ pages: { '/': view }, store, log: silentLogger, isDevelopment: false });
}

/** Opens the page; answers how its session is named. */
export async function openPage(server: DjustServer): Promise<string> {
  const response = await server.fetch(new Request('http://site.example/'));
  const [, session = ''] = /data-dj-session="([^"]*)"/.exec((await response?.text()) ?? '') ?? [];
  if (!session) throw new Error('the page has no session');
  return session;
}
