import {
  type Chunk,
  CLOSE_BOUNDARY,
  isClosing,
  OP,
  OP_ARITY,
  type OpArg,
  type OpCode,
  type Ops,
  openBoundary,
  openingId,
  ROOT_ID,
  type Rows,
  toBase62,
} from '@djust/protocol';
import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';

/**
 * The browser of the server's tests: the smallest thing that does what `compact.ts` of the protocol says, over a parse5
 * tree. It looks everything up by walking, knows no cleverness, and throws where a client would ask for a resync.
 */

type Parent = Tree.Element | Tree.DocumentFragment;

/** Where an operation's neighbours stand: children `from` up to, not including, `to` of `parent`. */
interface Span {
  parent: Parent;
  from: number;
  to: number;
}

export interface Page {
  readonly root: Tree.Element;
  apply(ops: Ops): void;
}

/** A page that shows `html` inside its root element. */
export function openPage(html: string): Page {
  const root = parseFragment('<div></div>').childNodes[0] as Tree.Element;
  putNodes(root, 0, parseInto(root, html));
  const templates: Templates = new Map();
  return { root, apply: (ops) => apply(root, ops, templates) };
}

/** The children of one node as canonical text: no ids, no boundaries, attributes sorted, neighbouring text merged. */
export function canonical(parent: Parent): string {
  let out = '';
  let text = '';
  const flush = (): void => {
    if (text !== '') out += `${JSON.stringify(text)}\n`;
    text = '';
  };
  for (const node of childrenOf(parent)) {
    if (isText(node)) text += node.value;
    if (!isElement(node)) continue;
    flush();
    const attrs = node.attrs
      .filter((attr) => attr.name !== 'dj-id')
      .map((attr) => `${qualified(attr)}=${JSON.stringify(attr.value)}`)
      .sort();
    out += `<${[node.tagName, ...attrs].join(' ')}>\n${canonical(node).replace(/^(?=.)/gm, '  ')}`;
  }
  flush();
  return out;
}

/** What a browser shows for a fresh render. */
export function canonicalOf(html: string): string {
  return canonical(openPage(html).root);
}

/** Moves are a chain: each goes right behind the one before it. */
function applyMoves(root: Tree.Element, code: OpCode, [place, ...ids]: readonly string[]): void {
  if (place === undefined || ids.length === 0) throw new Error('a move without a node');
  ids.forEach((id, at) => {
    const [kind, anchor] = at === 0 ? [code, place] : [OP.moveAfter, ids[at - 1] as string];
    const moved = detach(outside(root, id));
    const { parent, from } = kind === OP.move ? start(root, anchor) : behind(root, anchor);
    putNodes(parent, from, moved);
  });
}

type Templates = Map<number, Chunk[]>;

function apply(root: Tree.Element, ops: Ops, templates: Templates): void {
  for (const [code, ...args] of ops) {
    if (code === OP.move || code === OP.moveAfter) {
      applyMoves(root, code, args as string[]);
      continue;
    }
    if (code === OP.template) {
      for (let at = 0; at < args.length; at += 2) templates.set(args[at] as number, args[at + 1] as Chunk[]);
      continue;
    }
    const arity = OP_ARITY[code];
    if (arity === undefined || args.length === 0 || args.length % arity !== 0) throw new Error(`bad group ${code}`);
    let last = 0;
    for (let at = 0; at < args.length; at += arity) {
      const [given, ...rest] = args.slice(at, at + arity) as [OpArg, ...OpArg[]];
      if (typeof given === 'number') last += given;
      const id = typeof given === 'number' ? toBase62(last) : (given as string);
      applyOne(root, code, [id, ...rest.map((arg) => asHtml(arg, templates))]);
    }
  }
}

/** Rows of a template as HTML; anything else as it is. */
function asHtml(arg: OpArg, templates: Templates): string | null {
  if (!Array.isArray(arg)) return arg as string | null;
  const [given, first, ...values] = arg as Rows;
  const number = given < 0 ? ~given : given;
  const chunks = templates.get(number);
  if (!chunks) throw new Error(`template ${number} was never named`);
  const ids = chunks.filter((chunk) => typeof chunk === 'number').length;
  const text = (value: string | number): string =>
    `${value}`.replace(/[&<>"\r]/g, (char) => `&#${char.charCodeAt(0)};`);
  let html = '';
  for (let row = 0; values.length > 0; row++) {
    for (const chunk of chunks) {
      if (typeof chunk === 'string') html += chunk;
      else if (typeof chunk === 'number') html += ` dj-id="${toBase62(first + row * ids + chunk)}"`;
      else {
        if (values.length === 0) throw new Error('a row is cut off');
        const value = values.shift() ?? null;
        if (chunk === null) html += text(value ?? '');
        else if (value !== null) html += ` ${chunk[0]}="${text(value)}"`;
      }
    }
  }
  return given < 0 ? openBoundary(toBase62(first - 1)) + html + CLOSE_BOUNDARY : html;
}

function applyOne(root: Tree.Element, code: OpCode, [id, second, third]: (string | null)[]): void {
  if (typeof id !== 'string') throw new Error(`operation ${code} without an id`);
  if (code === OP.attr) return setAttribute(find(root, id), String(second), third as string | null);
  if (code === OP.remove) return void detach(outside(root, id));
  if (typeof second !== 'string') throw new Error(`operation ${code} without an argument`);
  switch (code) {
    case OP.text:
      return setText(start(root, id), second);
    case OP.textAfter:
      return setText(behind(root, id), second);
    case OP.html: {
      const content = inside(root, id);
      detach(content);
      return putNodes(content.parent, content.from, parseInto(content.parent, second));
    }
    case OP.insert: {
      const { parent, from } = start(root, id);
      return putNodes(parent, from, parseInto(parent, second));
    }
    case OP.insertAfter: {
      const { parent, from } = behind(root, id);
      return putNodes(parent, from, parseInto(parent, second));
    }
  }
}

function setText({ parent, from }: Span, text: string): void {
  const node = childrenOf(parent)[from];
  if (node && isText(node)) node.value = text;
  else putNodes(parent, from, [{ nodeName: '#text', value: text, parentNode: parent }]);
}

function setAttribute(target: Tree.ChildNode, name: string, value: string | null): void {
  if (!isElement(target)) throw new Error(`attribute ${name} on a region`);
  const attrs = target.attrs.filter((attr) => qualified(attr) !== name);
  target.attrs = value === null ? attrs : [...attrs, { name, value }];
}

const start = (root: Tree.Element, id: string): Span => {
  const { parent, from } = inside(root, id);
  return { parent, from, to: from };
};

const behind = (root: Tree.Element, id: string): Span => {
  const { parent, to } = outside(root, id);
  return { parent, from: to, to };
};

/** The content of an element or of a region, without its ends. */
function inside(root: Tree.Element, id: string): Span {
  const node = find(root, id);
  if (isElement(node)) return { parent: contentOf(node), from: 0, to: childrenOf(node).length };
  const { parent, from, to } = region(node);
  return { parent, from: from + 1, to: to - 1 };
}

/** An element or a region as a whole. */
function outside(root: Tree.Element, id: string): Span {
  const node = find(root, id);
  if (node === root) throw new Error('the root stays');
  if (!isElement(node)) return region(node);
  const parent = node.parentNode as Parent;
  const from = parent.childNodes.indexOf(node);
  return { parent, from, to: from + 1 };
}

function region(opening: Tree.ChildNode): Span {
  const parent = opening.parentNode as Parent;
  const from = parent.childNodes.indexOf(opening);
  let open = 0;
  for (let at = from; at < parent.childNodes.length; at++) {
    const node = parent.childNodes[at] as Tree.ChildNode;
    if (!isComment(node)) continue;
    if (openingId(node.data) !== undefined) open++;
    else if (isClosing(node.data) && --open === 0) return { parent, from, to: at + 1 };
  }
  throw new Error('a region without an end');
}

function find(root: Tree.Element, id: string): Tree.ChildNode {
  if (id === ROOT_ID) return root;
  const found: Tree.ChildNode[] = [];
  const walk = (parent: Parent): void => {
    for (const node of childrenOf(parent)) {
      if (isComment(node) && openingId(node.data) === id) found.push(node);
      if (!isElement(node)) continue;
      if (node.attrs.some((attr) => attr.name === 'dj-id' && attr.value === id)) found.push(node);
      walk(node);
    }
  };
  walk(root);
  if (found.length !== 1) throw new Error(`${found.length} nodes have the id ${id}`);
  return found[0] as Tree.ChildNode;
}

function detach({ parent, from, to }: Span): Tree.ChildNode[] {
  return parent.childNodes.splice(from, to - from);
}

function putNodes(parent: Parent, at: number, nodes: readonly Tree.ChildNode[]): void {
  for (const node of nodes) node.parentNode = parent;
  parent.childNodes.splice(at, 0, ...nodes);
}

/** Parses as `innerHTML` does: what a tag means depends on where it is put. */
function parseInto(parent: Parent, html: string): Tree.ChildNode[] {
  const options = { scriptingEnabled: true };
  return (isElement(parent) ? parseFragment(parent, html, options) : parseFragment(html, options)).childNodes;
}

const contentOf = (node: Tree.Element): Parent =>
  node.tagName === 'template' ? (node as Tree.Template).content : node;
const childrenOf = (node: Parent): Tree.ChildNode[] => (isElement(node) ? contentOf(node) : node).childNodes;
const isElement = (node: Tree.Node): node is Tree.Element => 'tagName' in node;
const isText = (node: Tree.Node): node is Tree.TextNode => node.nodeName === '#text';
const isComment = (node: Tree.Node): node is Tree.CommentNode => node.nodeName === '#comment';
const qualified = (attr: { name: string; prefix?: string | undefined }): string =>
  attr.prefix ? `${attr.prefix}:${attr.name}` : attr.name;
