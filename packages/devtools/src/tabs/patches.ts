import { type FlatOp, flatOps, OP, type Ops, type Patch, targetOf } from '@djust/protocol';
import type { DebugFrame } from '../model/entries.ts';
import { Sieve } from '../model/sieve.ts';
import type { PanelContext, TabView } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { bytes, clockTime, json, ms, plural } from '../ui/format.ts';
import { VirtualList } from '../ui/list.ts';
import { longText } from '../ui/long-text.ts';
import { elementOf, elementsOf } from '../ui/patched-nodes.ts';

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
    keys: context.prefs.keys,
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
  let drawn = '';

  function update(): void {
    const event = store.events.items.find(({ id }) => id === selection.eventId);
    const all = sieve.filter(store.frames, '', isPatch);
    const shown = event ? all.filter(({ ref, page }) => ref === event.ref && page === event.page) : all;
    const chosen = all.find(({ id }) => id === selection.frameId) ?? (event ? shown.at(-1) : undefined);
    total.textContent = event ? `of ${event.name} #${event.ref}` : `${shown.length}`;
    list.set(shown, chosen?.id);
    // Why comes behind the patch, and what was there once the page has time.
    const key = `${chosen?.id} ${chosen?.before !== undefined} ${chosen?.why !== undefined}`;
    if (chosen && (key === drawn || (detail.querySelector(':focus') && drawn.startsWith(`${chosen.id} `)))) return;
    drawn = key;
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
    h('span.name', {}, frame.ref === undefined ? (source ?? (ops ? 'broadcast' : frame.type)) : `event #${frame.ref}`),
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
  const parts: HTMLElement[] = [
    h(
      'h2',
      {},
      `Version ${frame.version ?? '?'}`,
      h('span.soft', {}, `${bytes(frame.bytes)}, put in place in ${ms(frame.tookMs)}`),
    ),
    h('p', {}, 'Cause: ', cause),
  ];
  if (ops) parts.push(opTable(context, frame, flatOps(ops)));
  if (base) parts.push(h('pre', {}, longText(json(base), 20_000)));
  if (html !== undefined) parts.push(h('pre', {}, longText(html, 20_000)));
  return parts;
}

const MOST_ROWS = 500;

function opTable(context: PanelContext, frame: DebugFrame, ops: readonly FlatOp[]): HTMLElement {
  const { before, why } = frame;
  const heads = ['Operation', 'Node', before && 'Before', 'After', why && 'Why'].filter((text) => text !== undefined);
  const body = h('tbody');
  for (const op of ops.slice(0, MOST_ROWS)) body.append(opRow(context, op, frame));
  const table = h('table', {}, h('thead', {}, h('tr', {}, ...heads.map((text) => h('th', {}, text)))), body);
  const left = ops.length - MOST_ROWS;
  return left > 0 ? h('div', {}, table, h('p.soft', {}, `and ${plural(left, 'operation')} more`)) : table;
}

function opRow(context: PanelContext, op: FlatOp, { before, why }: DebugFrame): HTMLElement {
  const target = targetOf(op);
  const isAttribute = op.code === OP.attr;
  const after = isAttribute ? op.args.slice(1) : op.args;
  const was = before?.[target];
  const reason = why?.[target];
  return h(
    'tr',
    {
      'data-op': op.id,
      onpointerenter: () => context.highlight(nodesOf(context, op)),
      onpointerleave: () => context.highlight([]),
    },
    h('td.tight', {}, isAttribute ? `attr ${op.args[0]}` : op.name),
    h('td.tight', {}, nodeButton(context, op)),
    before && h('td', {}, was === undefined ? '' : h('del.mono', {}, longText(textOf(was)))),
    h('td', {}, h('ins.mono', {}, longText(after.map(textOf).join(' = ')))),
    why && h('td', {}, reason === undefined ? '' : h('code', {}, longText(reason, 80))),
  );
}

/** An empty text is to be seen too. */
const textOf = (arg: unknown): string => (typeof arg === 'string' && arg !== '' ? arg : arg === null ? '–' : json(arg));

function nodesOf(context: PanelContext, { id }: FlatOp): Element[] {
  const element = elementOf(id, context.root());
  return element ? [element] : [];
}

function nodeButton(context: PanelContext, op: FlatOp): HTMLElement {
  const [element] = nodesOf(context, op);
  return h(
    'button.link',
    {
      type: 'button',
      onclick: () => nodesOf(context, op)[0]?.scrollIntoView({ block: 'center' }),
      onfocus: () => context.highlight(nodesOf(context, op)),
      onblur: () => context.highlight([]),
    },
    element ? `<${element.localName}> ${op.id}` : `${op.id} (gone)`,
  );
}
