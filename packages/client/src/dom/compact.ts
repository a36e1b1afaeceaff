import { type Chunk, OP, OP_ARITY, type OpArg, type OpCode, type OpGroup, type Ops, type Rows } from '@djust/protocol';
import { dev } from '../lib/dev.ts';
import { setAttribute, syncTextarea } from './attributes.ts';
import { parseHtml } from './html.ts';
import { collectIds, type IdIndex, nodesOf, type Target } from './ids.ts';
import type { FieldPolicy, LiveDom } from './live-dom.ts';
import { keepPlace, moveNode } from './preserve.ts';
import { badOp, newReport, type PatchDone, type PatchReport, targetMissing } from './report.ts';

/** One operation with its nodes found. `other` is what it brings: new nodes, or the place that a node moves to. */
interface Step {
  code: OpCode;
  target: Target;
  other: DocumentFragment | Target | undefined;
  /** Its values stand in this group behind `at`, the place of its id. */
  group: OpGroup;
  at: number;
}

type Refused = Exclude<PatchReport, PatchDone>;

/**
 * Applies a batch of compact operations: first every address is resolved and every piece of HTML parsed, then the
 * document is changed. A batch with a fault therefore changes nothing.
 */
export function applyOps(ops: Ops, dom: LiveDom): PatchReport {
  const { index } = dom;
  const steps: Step[] = [];
  /** Ids that the new nodes bring. */
  const fresh = new Map<string, Target>();
  const refused = resolve(ops, dom, steps, fresh);
  if (refused) return refused;
  const report = newReport();
  index.add(fresh);
  const change = (): void => {
    for (const step of steps) commit(step, dom, report);
  };
  const away = steps.filter(({ code }) => code === OP.html || code >= OP.remove);
  if (away.length === 0) change();
  else {
    keepPlace(index.root, change, (around) =>
      away.some(({ target }) => target === index.root || nodesOf(target, index).some((node) => around.has(node))),
    );
  }
  return report;
}

function resolve(ops: Ops, { index, rows }: LiveDom, steps: Step[], fresh: Map<string, Target>): Refused | undefined {
  /** Where the nodes of a parsed piece will live; it decides how further pieces beside them are parsed. */
  const homes = new Map<Node, Element>();
  const find = (id: OpArg | undefined): Target | undefined => fresh.get(id as string) ?? index.get(id as string);
  const parse = (piece: OpArg | undefined, target: Target, isBeside: boolean): DocumentFragment | undefined => {
    const home = homeOf(target, isBeside, homes);
    if (!home) return undefined;
    let fragment: DocumentFragment | undefined;
    if (Array.isArray(piece)) fragment = rows?.build(piece as Rows, home, fresh);
    else if (typeof piece === 'string') {
      fragment = parseHtml(piece, home);
      collectIds(fragment, fresh, piece.includes('<!--dj-if'));
    }
    if (fragment) homes.set(fragment, home);
    return fragment;
  };
  if (!Array.isArray(ops)) return badOp('/ops');
  for (let g = 0; g < ops.length; g++) {
    const group = ops[g] as OpGroup;
    const arity = OP_ARITY[group?.[0]] as number;
    if (!arity || (group.length - 1) % arity) return badOp(`/ops/${g}`, dev('unknown or cut off'));
    const isMove = group[0] === OP.move || group[0] === OP.moveAfter;
    for (let at = isMove ? 2 : 1; at < group.length; at += arity) {
      // The second link of a chain of moves goes behind the first, and so on.
      const code = isMove && at > 2 ? OP.moveAfter : group[0];
      if (code === OP.template) {
        rows?.define(group[at] as number, group[at + 1] as Chunk[]);
        continue;
      }
      const path = `/ops/${g}/${at}`;
      const target = find(group[at]);
      if (!target) return targetMissing(path, `${group[at]}`);
      let other: Step['other'];
      if (isMove) {
        other = find(group[at - 1]);
        if (!other) return targetMissing(path, `${group[at - 1]}`);
        if (target.contains(other)) return badOp(path, dev('a node cannot move into itself'));
      } else if (code >= OP.html && code <= OP.insertAfter) {
        other = parse(group[at + 1], target, code === OP.insertAfter);
        if (!other) return badOp(path, dev('no place, or no HTML'));
      }
      if (target === index.root && ROOT_STAYS.includes(code)) return badOp(path, dev('the root stays where it is'));
      steps.push({ code, target, other, group, at });
    }
  }
  return undefined;
}

const ROOT_STAYS: readonly OpCode[] = [OP.textAfter, OP.insertAfter, OP.remove];

/** The element whose content the new nodes become. */
function homeOf(target: Target, isBeside: boolean, homes: ReadonlyMap<Node, Element>): Element | undefined {
  if (!isBeside && target instanceof Element) return target;
  const parent = target.parentNode;
  return parent instanceof Element ? parent : parent ? homes.get(parent) : undefined;
}

function commit({ code, target, other, group, at }: Step, { index, fields }: LiveDom, report: PatchDone): void {
  const value = group[at + 1] as string;
  report.touched++;
  switch (code) {
    case OP.text:
      return setText(contentParent(target), contentStart(target), value, fields);
    case OP.textAfter:
      return setText(target.parentNode as Node, index.endOf(target).nextSibling, value, fields);
    case OP.attr:
      return setAttribute(target as Element, value, group[at + 2] as string | null, fields);
    case OP.html:
      clearContent(target, index, report);
      return insert(other as DocumentFragment, contentParent(target), contentStart(target), report);
    case OP.insert:
      return insert(other as DocumentFragment, contentParent(target), contentStart(target), report);
    case OP.insertAfter:
      return insert(other as DocumentFragment, target.parentNode as Node, index.endOf(target).nextSibling, report);
    case OP.remove:
      for (const node of nodesOf(target, index)) removeNode(node, index, report);
      return;
    case OP.move:
      return moveAll(target, contentParent(other as Target), contentStart(other as Target), index);
    case OP.moveAfter:
      return moveAll(target, (other as Target).parentNode as Node, index.endOf(other as Target).nextSibling, index);
  }
}

/** Where the content of a target lives: in the element itself, or between the comments of a region. */
const contentParent = (target: Target): Node => (target instanceof Element ? target : (target.parentNode as Node));
const contentStart = (target: Target): Node | null =>
  target instanceof Element ? target.firstChild : target.nextSibling;

const TEXT = 3;

/** Makes the text at one place read `text`. The parser cuts very long texts up; the rest of such a text goes. */
function setText(parent: Node, at: Node | null, text: string, fields: FieldPolicy): void {
  if (at?.nodeType === TEXT) {
    const node = at as Text;
    node.data = text;
    while (node.nextSibling?.nodeType === TEXT) node.nextSibling.remove();
  } else if (text !== '') {
    parent.insertBefore(document.createTextNode(text), at);
  }
  syncTextarea(parent, fields);
}

function insert(fragment: DocumentFragment, parent: Node, before: Node | null, report: PatchDone): void {
  for (let node = fragment.firstChild; node; node = node.nextSibling) report.added.push(node);
  report.touched += fragment.childNodes.length;
  parent.insertBefore(fragment, before);
}

function removeNode(node: Node, index: IdIndex, report: PatchDone): void {
  index.remove(node);
  report.removed.push(node);
  report.touched++;
  node.parentNode?.removeChild(node);
}

function clearContent(target: Target, index: IdIndex, report: PatchDone): void {
  const end = target instanceof Element ? null : index.endOf(target);
  const parent = contentParent(target);
  for (let node = contentStart(target); node && node !== end; ) {
    const next: Node | null = node.nextSibling;
    index.remove(node);
    report.removed.push(node);
    parent.removeChild(node);
    node = next;
  }
}

function moveAll(target: Target, parent: Node, before: Node | null, index: IdIndex): void {
  // The node may already stand where it should go; then it is its own neighbour.
  const nodes = nodesOf(target, index);
  const anchor = before && nodes.includes(before) ? (nodes.at(-1) as Node).nextSibling : before;
  for (const node of nodes) moveNode(parent, node, anchor);
}
