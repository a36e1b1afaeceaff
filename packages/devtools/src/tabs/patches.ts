import type { Ops, Patch } from '@djust/protocol';
import type { DebugFrame } from '../model/entries.ts';
import { Sieve } from '../model/sieve.ts';
import type { PanelContext, TabView } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { bytes, clockTime, json, ms } from '../ui/format.ts';
import { VirtualList } from '../ui/list.ts';
import { longText } from '../ui/long-text.ts';
import { elementOf, elementsOf, type FlatOp, flatOps } from '../ui/patched-nodes.ts';

const isPatch = ({ direction, type }: DebugFrame): boolean =>
  direction === 'in' && /^(patch|html_update|html_recovery|embedded_update)$/.test(type);

/** What each answer changed on the page; a row that is pointed at shows where. */
export function patches(context: PanelContext): TabView {
  const { selection, store, prefs } = context;
  const detail = h('div.detail', { tabindex: 0, role: 'region', 'aria-label': 'The selected patch' });
  const flashes = h('input', { type: 'checkbox', checked: prefs.flashes });
  flashes.addEventListener('change', () => {
    prefs.flashes = flashes.checked;
    context.save();
  });
  const total = h('span.total');
  const list = new VirtualList<DebugFrame>({
    label: 'Patches',
    key: ({ id }) => id,
    row: fillRow,
    stamp: ({ tookMs }) => String(tookMs),
    onSelect: (frame) => {
      selection.frameId = frame.id;
      selection.eventId = undefined;
      update();
    },
    onHover: (frame) => context.highlight(frame ? elementsOf(opsOf(frame), context.root()) : []),
  });
  const toolbar = h('div.toolbar', {}, h('label', {}, flashes, 'flash what changes on the page'), total);
  const element = h('div', {}, toolbar, h('div.split', {}, list.element, detail));
  const sieve = new Sieve<DebugFrame>();
  let drawn: number | undefined;

  function update(): void {
    const event = store.events.items.find(({ id }) => id === selection.eventId);
    const all = sieve.filter(store.frames, '', isPatch);
    const shown = event ? all.filter(({ ref, page }) => ref === event.ref && page === event.page) : all;
    const chosen = all.find(({ id }) => id === selection.frameId) ?? (event ? shown.at(-1) : undefined);
    total.textContent = event ? `of ${event.name} #${event.ref}` : `${shown.length}`;
    list.set(shown, chosen?.id);
    if (chosen && chosen.id === drawn) return;
    drawn = chosen?.id;
    detail.replaceChildren(
      ...(chosen
        ? patchDetail(context, chosen)
        : [h('p.empty', {}, all.length === 0 ? 'Nothing has changed yet.' : 'Choose a patch to see its operations.')]),
    );
  }
  return { element, update, dispose: () => context.highlight([]) };
}

function parsed(frame: DebugFrame): { ops?: Ops; patches?: Patch[]; html?: string; source?: string } {
  try {
    return JSON.parse(frame.text) as { ops?: Ops };
  } catch {
    return {};
  }
}

const opsOf = (frame: DebugFrame): Ops => parsed(frame).ops ?? [];

function fillRow(frame: DebugFrame, row: HTMLElement): void {
  row.classList.add('patches');
  const { ops, patches: base, html, source } = parsed(frame);
  const flat = ops ? flatOps(ops) : [];
  const names = ops ? [...new Set(flat.map(({ name }) => name))] : [...new Set((base ?? []).map(({ type }) => type))];
  const count = ops ? flat.length : (base?.length ?? (html === undefined ? 0 : 1));
  row.append(
    h('span.time', {}, clockTime(frame.at)),
    h('span.name', {}, frame.ref === undefined ? (source ?? frame.type) : `event #${frame.ref}`),
    h('span.num', {}, `${count} ${count === 1 ? 'op' : 'ops'}`),
    h('span.mono.soft', {}, html === undefined ? names.join(', ') : 'the whole content'),
    h((frame.tookMs ?? 0) > 16 ? 'span.num.bad' : 'span.num', {}, ms(frame.tookMs)),
  );
}

function patchDetail(context: PanelContext, frame: DebugFrame): HTMLElement[] {
  const { ops, patches: base, html } = parsed(frame);
  const event = context.store.events.items.find(
    ({ ref, page }) => ref !== undefined && ref === frame.ref && page === frame.page,
  );
  const cause = event
    ? button(`${event.name} #${event.ref}`, () => context.show('events', { eventId: event.id }), { class: 'link' })
    : h('span.soft', {}, 'pushed by the server');
  const body = h('tbody');
  for (const op of (ops ? flatOps(ops) : []).slice(0, 500)) body.append(opRow(context, op));
  const parts: HTMLElement[] = [
    h(
      'h2',
      {},
      `Version ${frame.version ?? '?'}`,
      h('span.soft', {}, `${bytes(frame.bytes)}, put in place in ${ms(frame.tookMs)}`),
    ),
    h('p', {}, 'Cause: ', cause),
  ];
  if (ops)
    parts.push(
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, h('th', {}, 'Operation'), h('th', {}, 'Node'), h('th', {}, 'Value'))),
        body,
      ),
    );
  if (base) parts.push(h('pre', {}, longText(json(base), 20_000)));
  if (html !== undefined) parts.push(h('pre', {}, longText(html, 20_000)));
  return parts;
}

function opRow(context: PanelContext, { name, id, args }: FlatOp): HTMLElement {
  const find = (): Element[] => {
    const element = elementOf(id, context.root());
    return element ? [element] : [];
  };
  const element = find()[0];
  const where = h(
    'button.link',
    {
      type: 'button',
      onclick: () => find()[0]?.scrollIntoView({ block: 'center' }),
      onfocus: () => context.highlight(find()),
      onblur: () => context.highlight([]),
    },
    element ? `<${element.localName}> ${id}` : `${id} (gone)`,
  );
  return h(
    'tr',
    { 'data-op': id, onpointerenter: () => context.highlight(find()), onpointerleave: () => context.highlight([]) },
    h('td.tight', {}, name),
    h('td.tight', {}, where),
    h('td.mono', {}, longText(args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' = '))),
  );
}
