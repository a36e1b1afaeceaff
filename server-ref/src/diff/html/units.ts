import { isClosing, openingId } from '@djust/protocol';
import type { HtmlBoundary, HtmlElement, HtmlNode, HtmlText } from './node.ts';

/** What moves as one: a node, or all that stands between two boundaries with an id. */
export type Unit = HtmlNode | Region;

export interface Region {
  readonly type: 'region';
  readonly id: string;
  readonly open: HtmlBoundary;
  readonly inside: Siblings;
  /** How many nodes it is, both boundaries included. */
  readonly size: number;
}

/** The children of one parent, or of a region in it. */
export interface Siblings {
  /** The very list of the parent's children where no region is among them. */
  readonly units: Unit[];
  /** The place of each unit in the parent's list, boundaries and their contents counted; without one it is the same. */
  readonly indexes?: readonly number[];
  /** Text, or a boundary that opens no region, is among them. */
  readonly hasNameless: boolean;
}

export const NO_SIBLINGS: Siblings = { units: [], hasNameless: false };

export const indexOf = ({ indexes }: Siblings, at: number): number => (indexes ? (indexes[at] as number) : at);

/** All nodes of a unit that stands among the children of this parent. */
export function nodesOf(siblings: Siblings, at: number, { children }: HtmlElement): HtmlNode[] {
  const unit = siblings.units[at] as Unit;
  const from = indexOf(siblings, at);
  return children.slice(from, from + (unit.type === 'region' ? unit.size : 1));
}

/** Groups a list of children by its boundaries. Boundaries without id or partner count as nodes. */
export function toSiblings(children: HtmlNode[]): Siblings {
  if (children.some(opens)) return grouped(children, 0, children.length);
  return { units: children, hasNameless: children.some(isNameless) };
}

const opens = (node: HtmlNode): boolean => node.type === 'boundary' && node.key !== null;
const isNameless = (node: HtmlNode): boolean => node.type !== 'element';

function grouped(children: readonly HtmlNode[], from: number, to: number): Siblings {
  const units: Unit[] = [];
  const indexes: number[] = [];
  let hasNameless = false;
  for (let at = from; at < to; at++) {
    const node = children[at] as HtmlNode;
    indexes.push(at);
    const end = node.type === 'boundary' && node.key ? closingOf(children, at, to) : -1;
    if (end >= 0) {
      const open = node as HtmlBoundary;
      const inside = grouped(children, at + 1, end);
      units.push({ type: 'region', id: openingId(open.text) as string, open, inside, size: end + 1 - at });
      at = end;
    } else {
      units.push(node);
      hasNameless ||= node.type !== 'element';
    }
  }
  return { units, indexes, hasNameless };
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

export const textOf = (unit: Unit | undefined): HtmlText | undefined => (unit?.type === 'text' ? unit : undefined);
