import { type Chunk, OP, OP_ARITY, type OpArg, type OpCode, type OpGroup, type Ops, type Rows } from '@djust/protocol';
import { dev } from '../lib/dev.ts';
import { setAttribute, syncTextarea } from './attributes.ts';
import { parseHtml } from './html.ts';
import { type IdIndex, isComment, nodesOf, type Piece, type Target } from './ids.ts';
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
  if (!Array.isArray(ops)) return badOp('/ops');
  const steps: Step[] = [];
  for (let g = 0; g < ops.length; g++) {
    const refused = resolve(ops[g] as OpGroup, g, dom, steps);
    if (refused) {
      // Ids of nodes that do not come stand in it.
      dom.index.rebuild();
      return refused;
    }
  }
  return steps.some(takesAway) ? commitInPlace(steps, dom) : commitAll(steps, dom);
}

/** Goes or moves, and could take the focused element along. */
const takesAway = ({ code }: Step): boolean => code === OP.html || code >= OP.remove;

/** Finds the nodes of a group, and adds its operations to `steps`. */
function resolve(group: OpGroup, g: number, dom: LiveDom, steps: Step[]): Refused | undefined {
  const { index, rows } = dom;
  const arity = OP_ARITY[group?.[0]] as number;
  if (!arity || (group.length - 1) % arity) return badOp(`/ops/${g}`, dev('unknown or cut off'));
  /** Ids that are numbers count from the one before. */
  let last = 0;
  const isMove = group[0] === OP.move || group[0] === OP.moveAfter;
  for (let at = isMove ? 2 : 1; at < group.length; at += arity) {
    // The second link of a chain of moves goes behind the first, and so on.
    const code = isMove && at > 2 ? OP.moveAfter : group[0];
    if (code === OP.template) {
      rows?.define(group[at] as number, group[at + 1] as Chunk[]);
      continue;
    }
    const given = group[at];
    // Numbers and names do not mix: behind a name no number finds anything.
    last = typeof given === 'number' ? last + given : -1e9;
    const id = typeof given === 'string' ? given : last;
    const target = index.get(id);
    if (!target) return targetMissing(pathOf(g, at), `${id}`);
    let other: Step['other'];
    if (isMove) {
      other = index.get(group[at - 1] as string);
      if (!other) return targetMissing(pathOf(g, at), `${group[at - 1]}`);
      if (target.contains(other)) return badOp(pathOf(g, at), dev('a node cannot move into itself'));
    } else if (code >= OP.html && code <= OP.insertAfter) {
      other = parse(group[at + 1], target, isBehind(code), dom);
      if (!other) return badOp(pathOf(g, at), dev('no place, or no HTML'));
    }
    if (target === index.root && (isBehind(code) || code === OP.remove))
      return badOp(pathOf(g, at), dev('the root stays where it is'));
    steps.push({ code, target, other, group, at });
  }
  return undefined;
}

function parse(
  piece: OpArg | undefined,
  target: Target,
  isBeside: boolean,
  { index, rows }: LiveDom,
): DocumentFragment | undefined {
  const home = homeOf(target, isBeside);
  if (!home) return undefined;
  let fragment: Piece | undefined;
  if (Array.isArray(piece)) fragment = rows?.build(piece as Rows, home, index);
  else if (typeof piece === 'string') {
    fragment = parseHtml(piece, home);
    index._add(fragment, piece.includes('<!--dj-if'));
  }
  if (fragment) fragment._home = home;
  return fragment;
}

function commitAll(steps: readonly Step[], dom: LiveDom): PatchReport {
  const report = newReport();
  for (const step of steps) commit(step, dom, report);
  return report;
}

/** Not in its caller: a function that holds another is never fast, called or not. */
const commitInPlace = (steps: readonly Step[], dom: LiveDom): PatchReport =>
  keepPlace(
    dom.index.root,
    () => commitAll(steps, dom),
    (active) =>
      steps.some((step) => takesAway(step) && nodesOf(step.target, dom.index).some((node) => node.contains(active))),
  );

/** Made when somebody has to read it. */
const pathOf = (group: number, at: number): string => `/ops/${group}/${at}`;

/** The place is behind a node, not inside. */
const isBehind = (code: OpCode): boolean => code === OP.textAfter || code === OP.insertAfter || code === OP.moveAfter;

/** The element whose content the new nodes become. */
function homeOf(target: Target, isBeside: boolean): Element | undefined {
  if (!isBeside && !isComment(target)) return target;
  const parent = target.parentNode;
  return parent instanceof Element ? parent : (parent as Piece | null)?._home;
}

function commit({ code, target, other, group, at }: Step, { index, fields }: LiveDom, report: PatchDone): void {
  const value = group[at + 1] as string;
  report.touched++;
  if (code === OP.attr) return setAttribute(target as Element, value, group[at + 2] as string | null, fields);
  if (code === OP.remove) {
    for (const node of nodesOf(target, index)) removeNode(node, index, report);
    return;
  }
  // The place: behind a target, or at the beginning of its content, which a region has between its comments.
  const isMove = code >= OP.move;
  const anchor = isMove ? (other as Target) : target;
  const parent = isBehind(code) || isComment(anchor) ? (anchor.parentNode as Node) : anchor;
  let before = isBehind(code)
    ? index.endOf(anchor).nextSibling
    : isComment(anchor)
      ? anchor.nextSibling
      : anchor.firstChild;
  if (isMove) return moveAll(target, parent, before, index);
  if (code <= OP.textAfter) return setText(parent, before, value, fields);
  if (code === OP.html) {
    const end = isComment(target) ? index.endOf(target) : null;
    const gone: Node[] = [];
    for (; before && before !== end; before = before.nextSibling) gone.push(before);
    // All at once is quicker by an eighth; then there is nothing left to take away one by one.
    if (!end) parent.textContent = '';
    for (const node of gone) removeNode(node, index, report);
  }
  insert(other as DocumentFragment, parent, before, report);
}

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
  for (let node = fragment.firstChild; node; node = node.nextSibling) {
    report.added.push(node);
    report.touched++;
  }
  parent.insertBefore(fragment, before);
}

function removeNode(node: Node, index: IdIndex, report: PatchDone): void {
  (node as ChildNode).remove();
  index.letGo();
  report.removed.push(node);
  report.touched++;
}

function moveAll(target: Target, parent: Node, before: Node | null, index: IdIndex): void {
  // The node may already stand where it should go; then it is its own neighbour.
  if (!isComment(target)) return moveNode(parent, target, before === target ? target.nextSibling : before);
  const nodes = nodesOf(target, index);
  const anchor = before && nodes.includes(before) ? (nodes.at(-1) as Node).nextSibling : before;
  for (const node of nodes) moveNode(parent, node, anchor);
}
