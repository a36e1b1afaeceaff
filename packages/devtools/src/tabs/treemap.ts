import type { Draft } from '../model/drafts.ts';
import { RULES } from '../model/rules.ts';
import { h, place, svg } from '../ui/dom.ts';
import { bytes } from '../ui/format.ts';
import type { StateNode } from './state-tree.ts';
import { layOut, type Tile } from './treemap-layout.ts';

const HEIGHT = 110;

/**
 * What becomes of a field: kept with the session, loaded from others, shown once, hidden from the panel. And what is beside
 * the state: keys of rows that only the browser holds, and what it has not told the server yet.
 */
const CLASSES = ['kept', 'derived', 'temporary', 'redacted', 'the rest', 'stream', 'draft'] as const;
type FieldClass = (typeof CLASSES)[number];
/** They do not stand in the tree. */
const NO_FIELD: readonly FieldClass[] = ['the rest', 'stream', 'draft'];

/** What the server says of the fields of the state. */
export interface About {
  readonly derived: readonly string[];
  readonly temporary: readonly string[];
  /** In bytes since the mount, of fields that have changed. */
  readonly grown: ReadonlyMap<string, number>;
  /** The keys of each stream, in bytes. */
  readonly streams: ReadonlyMap<string, number>;
}

export function readAbout({ derived, temporary, grown, streams }: Record<string, unknown>): About {
  const names = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  const counts = (value: unknown): Map<string, number> => {
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return new Map(entries.map(([field, count]) => [field, Number(count) || 0]));
  };
  return {
    derived: names(derived),
    temporary: names(temporary),
    grown: counts(grown),
    streams: counts(streams),
  };
}

interface Field {
  readonly key: string;
  readonly bytes: number;
  readonly kind: FieldClass;
  readonly grown: number;
}

interface Options {
  /** Of the place it is drawn in, in pixels. */
  readonly width: number;
  readonly about: About;
  readonly drafts?: readonly Draft[];
  readonly chosen: (field: string) => void;
}

/** The fields of the state by their size, as an area; the same numbers stand in a table behind it. */
export function treemap(root: StateNode, { width, about, drafts = [], chosen }: Options): HTMLElement {
  const beside = besideOf(about, drafts);
  const fields = [...fieldsOf(root, about), ...beside].sort(bySize);
  const total = root.bytes + beside.reduce((sum, field) => sum + field.bytes, 0);
  const shown = CLASSES.filter((name) => fields.some(({ kind }) => kind === name));
  return h(
    'div',
    {},
    budget(root.bytes),
    chart(fields, { total, width, chosen }),
    h('p.legend', {}, ...shown.map((name) => h(`span.f-${name.replace(' ', '-')}`, {}, name))),
    h('details', {}, h('summary', {}, 'The same as a table'), table(fields, total)),
  );
}

/** The largest first. What the server did not send is one field at the end. */
function fieldsOf(root: StateNode, { derived, temporary, grown }: About): Field[] {
  const classOf = (key: string, { kind }: StateNode): FieldClass => {
    if (kind === 'redacted') return 'redacted';
    return derived.includes(key) ? 'derived' : temporary.includes(key) ? 'temporary' : 'kept';
  };
  const fields = (root.entries ?? []).map(
    ([key, node]): Field => ({ key, bytes: node.bytes, kind: classOf(key, node), grown: grown.get(key) ?? 0 }),
  );
  const missing = (root.count ?? 0) - fields.length;
  const left = root.bytes - fields.reduce((sum, field) => sum + field.bytes, 0);
  if (missing > 0) fields.push({ key: `${missing} more`, bytes: left, kind: 'the rest', grown: 0 });
  return fields;
}

/** The rest is the last, however much it is. */
const bySize = (a: Field, b: Field): number =>
  Number(a.kind === 'the rest') - Number(b.kind === 'the rest') || b.bytes - a.bytes;

const besideOf = ({ streams }: About, drafts: readonly Draft[]): Field[] => [
  ...[...streams].map(([name, bytes]): Field => ({ key: `stream ${name}`, bytes, kind: 'stream', grown: 0 })),
  ...drafts.map((draft): Field => ({ ...draft, kind: 'draft' })),
];

/** How much of what a state should weigh is used up, with a mark at each limit. */
function budget(total: number): HTMLElement {
  const [warn, bad] = RULES['large-state'].limits;
  const scale = Math.max(total, bad) * 1.05;
  const level = total > bad ? 'bad' : total > warn ? 'warn' : 'good';
  const fill = h(`span.fill.${level}`);
  place(fill, { width: `${(100 * total) / scale}%` });
  const marks = [warn, bad].map((limit) => {
    const mark = h('span.limit');
    place(mark, { left: `${(100 * limit) / scale}%` });
    return mark;
  });
  const share = Math.round((100 * total) / warn);
  const said = `${bytes(total)}: ${share} % of the ${bytes(warn)} that a state should weigh, ${bytes(bad)} at most.`;
  return h('div', {}, h('div.budget', { role: 'img', 'aria-label': said }, fill, ...marks), h('p.soft', {}, said));
}

interface ChartOptions {
  readonly total: number;
  readonly width: number;
  readonly chosen: (field: string) => void;
}

function chart(fields: readonly Field[], { total, width, chosen }: ChartOptions): SVGElement {
  const tiles = layOut(
    fields.map(({ key, bytes: size }) => [key, size]),
    { x: 0, y: 0, width, height: HEIGHT },
  );
  const groups = tiles.map((tile, at) => group(tile, fields[at] as Field, at === 0));
  const choose = ({ target }: Event): void => {
    const at = groups.findIndex((one) => one.contains(target as Node));
    const field = fields[at];
    if (field && !NO_FIELD.includes(field.kind)) chosen(field.key);
  };
  return svg(
    'svg',
    {
      viewBox: `0 0 ${width} ${HEIGHT}`,
      class: 'treemap',
      preserveAspectRatio: 'none',
      role: 'list',
      'aria-label': `The state, ${bytes(total)}`,
      onclick: choose,
      onkeydown: (event: KeyboardEvent) => {
        if (event.key === 'Enter') choose(event);
        else step(groups, event);
      },
    },
    ...groups,
  );
}

/** Arrows go from tile to tile, by size: hundreds of them are one stop of the Tab key. */
function step(groups: readonly SVGElement[], event: KeyboardEvent): void {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const at = groups.indexOf(event.target as SVGElement);
  const next = by === undefined ? undefined : groups[at + by];
  if (!next || at < 0) return;
  event.preventDefault();
  groups[at]?.setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
}

function group({ x, y, width, height }: Tile, field: Field, isFirst: boolean): SVGElement {
  const { key, kind } = field;
  const size = bytes(field.bytes);
  const label = `${key}, ${size}, ${kind}${field.grown === 0 ? '' : `, ${signed(field.grown)} since the mount`}`;
  const isNamed = width > 70 && height > 20;
  return svg(
    'g',
    { role: 'listitem', tabindex: isFirst ? 0 : -1, 'aria-label': label, class: `f-${kind.replace(' ', '-')}` },
    svg('title', {}, label),
    svg('rect', { x, y, width, height }),
    isNamed ? svg('text', { x: x + 6, y: y + 16 }, `${key} ${size}`.slice(0, Math.floor(width / 6.5))) : null,
  );
}

const signed = (count: number): string => `${count > 0 ? '+' : '−'}${bytes(Math.abs(count))}`;

function table(fields: readonly Field[], total: number): HTMLElement {
  const body = h('tbody');
  for (const { key, bytes: size, kind, grown } of fields) {
    const share = `${((100 * size) / Math.max(1, total)).toFixed(1)} %`;
    const cells = [bytes(size), share, grown === 0 ? '' : signed(grown)].map((text) => h('td.num', {}, text));
    body.append(h('tr', {}, h('td.mono', {}, key), h('td', {}, kind), ...cells));
  }
  const heads = ['Field', 'what', 'size', 'share', 'since the mount'];
  const row = heads.map((text, at) => h(at < 2 ? 'th' : 'th.num', {}, text));
  return h('table', {}, h('thead', {}, h('tr', {}, ...row)), body);
}
