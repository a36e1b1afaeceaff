import { djustVariables } from '../model/djust-view.ts';
import { draftsOf } from '../model/drafts.ts';
import { parseFrame } from '../model/frame-text.ts';
import type { PanelContext, TabView } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { bytes, json } from '../ui/format.ts';
import { copyByKey, copyJson } from './copy.ts';
import { deltaTable } from './event-detail.ts';
import { pinBox } from './pins.ts';
import { readStateNode, type StateNode, stateTree } from './state-tree.ts';
import { readAbout, treemap } from './treemap.ts';

/** The state of the view as the server holds it: a tree that is fetched as it is opened, its sizes, the last changes. */
export function state(context: PanelContext): TabView {
  const search = h('input', { type: 'search', placeholder: 'field', 'aria-label': 'Find a field' });
  const said = h('span.total', { role: 'status' });
  const map = h('div');
  const tree = h('div.tree', { onkeydown: (event: KeyboardEvent) => copyByKey(context, event) });
  const pins = pinBox(context);
  const changes = h('div');
  const copy = button('Copy as JSON', () => void copyJson(context, []));
  const edits = h('input', { type: 'checkbox', checked: context.prefs.edits });
  edits.addEventListener('change', () => {
    context.prefs.edits = edits.checked;
    context.save();
    draw();
  });
  const toolbar = h(
    'div.toolbar',
    {},
    search,
    button('Fetch again', () => void load()),
    copy,
    h('label', {}, edits, 'edit values'),
    said,
  );
  const scroll = h(
    'div.scroll',
    { tabindex: 0, role: 'region', 'aria-label': 'State' },
    h(
      'div.columns',
      {},
      h('div', {}, pins.element, h('h3', {}, 'Fields'), tree),
      h('div', {}, h('h3', {}, 'Size'), map, h('h3', {}, 'Last changes'), changes),
    ),
  );
  const element = h('div', {}, toolbar, scroll);
  let root: StateNode | undefined;
  let about = readAbout({});
  let seen: unknown;
  let loading: Promise<void> | undefined;

  search.addEventListener('input', () => draw());

  /** One request at a time; who asks meanwhile waits for the same. */
  function load(): Promise<void> {
    loading ??= fetchState().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  async function fetchState(): Promise<void> {
    void pins.update();
    const startedAt = context.clock.now();
    const answer = await context.link.request({ type: 'dev:state', path: [] });
    if (!answer.ok) {
      const variables = lastVariables(context);
      if (variables) tree.replaceChildren(h('pre', {}, json(variables)));
      const silent = variables
        ? 'As the last answer of the djust server told them.'
        : 'This server does not tell its state.';
      said.textContent = context.link.isSubscribed ? answer.reason : silent;
      return;
    }
    root = readStateNode(answer.frame.node);
    about = readAbout(answer.frame);
    said.textContent = `${bytes(root?.bytes ?? 0)}, fetched in ${Math.round(context.clock.now() - startedAt)} ms`;
    draw();
  }

  function draw(): void {
    if (!root) return;
    const drafts = draftsOf(context.root(), context.store.events.items);
    map.replaceChildren(treemap(root, { width: map.clientWidth || 800, about, drafts, chosen: reveal }));
    tree.replaceChildren(stateTree(context, root, search.value.trim().toLowerCase()));
  }

  /** Opens a field in the tree, and brings it into sight. */
  function reveal(field: string): void {
    if (search.value !== '') {
      search.value = '';
      draw();
    }
    const found = [...tree.querySelectorAll<HTMLElement>('[data-field]')].find((one) => one.dataset.field === field);
    if (found instanceof HTMLDetailsElement) found.open = true;
    found?.scrollIntoView({ block: 'nearest' });
    found?.querySelector<HTMLElement>('summary, button')?.focus();
  }

  function update(): void {
    const changed = context.store.events.items.findLast(
      ({ server }) => server !== undefined && server.delta.length > 0,
    );
    changes.replaceChildren(
      changed?.server
        ? h('div', {}, h('p', {}, `By ${changed.name} #${changed.ref}`), deltaTable(changed.server.delta))
        : h('p.soft', {}, 'No event has changed it yet.'),
    );
    const last = context.store.events.items.findLast(({ server }) => server !== undefined);
    const key = `${last?.id} ${context.link.isSubscribed}`;
    if (key === seen) return;
    seen = key;
    void load();
  }
  return { element, update, search, ready: async () => loading };
}

/** What a djust server told in its last answer. */
function lastVariables({ store }: PanelContext): Record<string, unknown> | undefined {
  const frame = store.frames.items.findLast(({ direction, text }) => direction === 'in' && text.includes('"_debug"'));
  return frame && djustVariables(parseFrame(frame.text) ?? {});
}
