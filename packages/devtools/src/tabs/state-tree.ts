import type { PanelContext } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { bytes } from '../ui/format.ts';
import { stateActions } from './copy.ts';

/** A piece of the state; `entries` is absent where the server has not sent them yet. */
export interface StateNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'redacted';
  readonly bytes: number;
  /** Of a leaf. */
  readonly text?: string | undefined;
  /** Of an object or a list: how many it has. */
  readonly count?: number | undefined;
  readonly entries?: readonly (readonly [key: string, child: StateNode])[] | undefined;
}

const KINDS: readonly string[] = ['object', 'array', 'string', 'number', 'boolean', 'null', 'redacted'];

export function readStateNode(value: unknown, depth = 0): StateNode | undefined {
  if (typeof value !== 'object' || value === null || depth > 16) return undefined;
  const { kind, bytes: size, text, count, entries } = value as Record<string, unknown>;
  if (!KINDS.includes(kind as string)) return undefined;
  const read = Array.isArray(entries)
    ? entries.flatMap((entry: unknown): [string, StateNode][] => {
        const [key, child] = Array.isArray(entry) ? entry : [];
        const node = readStateNode(child, depth + 1);
        return node ? [[String(key), node]] : [];
      })
    : undefined;
  return {
    kind: kind as StateNode['kind'],
    bytes: typeof size === 'number' ? size : 0,
    ...(typeof text === 'string' && { text }),
    ...(typeof count === 'number' && { count }),
    ...(read && { entries: read }),
  };
}

/** The state as a tree; what was not sent is fetched when it is opened. */
export function stateTree(context: PanelContext, root: StateNode, wanted: string): HTMLElement {
  const box = h('div');
  for (const [key, child] of root.entries ?? []) {
    if (wanted === '' || contains(key, child, wanted))
      box.append(topmost(key, branch(context, { key, node: child, path: [key], wanted })));
  }
  return box;
}

const topmost = (key: string, element: HTMLElement): HTMLElement => {
  element.dataset.field = key;
  return element;
};

const contains = (key: string, node: StateNode, wanted: string): boolean =>
  key.toLowerCase().includes(wanted) || (node.entries ?? []).some(([name, child]) => contains(name, child, wanted));

interface Branch {
  readonly key: string;
  readonly node: StateNode;
  readonly path: readonly string[];
  readonly wanted: string;
}

function branch(context: PanelContext, { key, node, path, wanted }: Branch): HTMLElement {
  const size = h('span.size', {}, bytes(node.bytes));
  if (node.count === undefined) return leaf(context, { key, node, path, wanted }, size);
  const box = h('div');
  const details = h(
    'details',
    { 'data-path': JSON.stringify(path) },
    h('summary', {}, h('span.k', {}, key), ` ${node.kind === 'array' ? `[${node.count}]` : `{${node.count}}`}`, size),
    box,
  );
  details.addEventListener('toggle', () => {
    if (!details.open || box.childElementCount > 0) return;
    if (node.entries) fill(node.entries);
    else void fetchEntries();
  });
  const fill = (entries: NonNullable<StateNode['entries']>): void => {
    box.append(h('div.leaf', {}, stateActions(context, path)));
    for (const [name, child] of entries.slice(0, 500))
      box.append(branch(context, { key: name, node: child, path: [...path, name], wanted }));
    if (entries.length < (node.count ?? 0))
      box.append(h('div.leaf.soft', {}, `… ${(node.count ?? 0) - entries.length} more`));
  };
  const fetchEntries = async (): Promise<void> => {
    const answer = await context.link.request({ type: 'dev:state', path });
    const fetched = answer.ok ? readStateNode(answer.frame.node) : undefined;
    fill(fetched?.entries ?? []);
  };
  if (wanted !== '') details.open = true;
  return details;
}

function leaf(context: PanelContext, { key, node, path }: Branch, size: HTMLElement): HTMLElement {
  const shown = node.kind === 'string' ? JSON.stringify(node.text ?? '') : (node.text ?? node.kind);
  const line = h(
    'div.leaf',
    { 'data-path': JSON.stringify(path) },
    h('span.k', {}, key),
    ': ',
    h('span', { class: `v-${node.kind}` }, shown),
    size,
  );
  if (node.kind === 'redacted') return line;
  const change = button('edit', () => edit(context, line, path, shown), {
    class: 'link',
    'aria-label': `edit ${path.join('.')}`,
  });
  line.append(stateActions(context, path, ...(context.prefs.edits ? [change] : [])));
  return line;
}

/** Another value for a field of the live state; the server renders it at once. */
function edit(context: PanelContext, line: HTMLElement, path: readonly string[], shown: string): void {
  const field = h('input', { value: shown, 'aria-label': `New value of ${path.join('.')}, as JSON` });
  field.addEventListener('keydown', async ({ key }) => {
    if (key === 'Escape') field.remove();
    if (key !== 'Enter') return;
    try {
      const answer = await context.link.request({ type: 'dev:set', path, value: JSON.parse(field.value) });
      context.say(answer.ok ? `${path.join('.')} is set.` : answer.reason);
      if (answer.ok) field.remove();
    } catch {
      field.setAttribute('aria-invalid', 'true');
    }
  });
  line.append(field);
  field.focus();
}
