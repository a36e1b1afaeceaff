import { isClosing, openingId } from '@djust/protocol';
import type { HtmlBoundary, HtmlElement, HtmlNode, HtmlText } from './node.ts';

/** What moves as one: a node, or all that stands between two boundaries with an id. */
export type Unit = NodeUnit | RegionUnit;

export interface NodeUnit {
  readonly kind: 'node';
  readonly node: HtmlNode;
  /** Place in the parent's list, boundaries and their contents counted. */
  readonly index: number;
}

export interface RegionUnit {
  readonly kind: 'region';
  readonly id: string;
  readonly open: HtmlBoundary;
  readonly units: readonly Unit[];
  /** All nodes, both boundaries included. */
  readonly nodes: readonly HtmlNode[];
  readonly index: number;
}

/** Groups a list of children by its boundaries. Boundaries without id or partner count as nodes. */
export function toUnits(children: readonly HtmlNode[], from = 0, to: number = children.length): Unit[] {
  const units: Unit[] = [];
  for (let at = from; at < to; at++) {
    const node = children[at] as HtmlNode;
    const id = node.type === 'boundary' ? openingId(node.text) : undefined;
    const end = id && node.type === 'boundary' ? closingOf(children, at, to) : -1;
    if (id && end >= 0) {
      const nodes = children.slice(at, end + 1);
      const open = node as HtmlBoundary;
      units.push({ kind: 'region', id, open, units: toUnits(children, at + 1, end), nodes, index: at });
      at = end;
    } else {
      units.push({ kind: 'node', node, index: at });
    }
  }
  return units;
}

function closingOf(children: readonly HtmlNode[], start: number, to: number): number {
  let depth = 0;
  for (let at = start; at < to; at++) {
    const node = children[at] as HtmlNode;
    if (node.type !== 'boundary') continue;
    // Boundaries without an id do not come in pairs everywhere.
    if (isClosing(node.text)) depth--;
    else if (openingId(node.text)) depth++;
    if (depth === 0) return at;
  }
  return -1;
}

export const elementOf = (unit: Unit): HtmlElement | undefined =>
  unit.kind === 'node' && unit.node.type === 'element' ? unit.node : undefined;

export const textOf = (unit: Unit): HtmlText | undefined =>
  unit.kind === 'node' && unit.node.type === 'text' ? unit.node : undefined;
