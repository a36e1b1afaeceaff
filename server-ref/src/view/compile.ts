import { OP } from '@djust/protocol';
import { parse, parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { escapeAttribute, escapeText, isUrlAttribute } from './escape.ts';
import type { TemplateResult } from './html.ts';
import { broken, checkElement, checkOrder, isElement, isVoid, namesFrom } from './nesting.ts';
import { holeOfComment, type Place, type Scan, scan, splitWords } from './scan.ts';
import { tidy } from './white-space.ts';

/** Stands for "the place this template is rendered into" where an id is expected. */
export const CONTAINER = -1;

/** Where a text node is found: at the start of an element, or right behind one. */
export interface Address {
  readonly code: typeof OP.text | typeof OP.textAfter;
  /** Relative to the first id of the instance, or CONTAINER. */
  readonly id: number;
}

export interface AttributePart {
  readonly kind: 'attribute';
  readonly id: number;
  readonly name: string;
  /** Text, and numbers of values. One single number is a whole value, which may be a switch. */
  readonly pieces: readonly (string | number)[];
  readonly isUrl: boolean;
}

/** Text and values between two elements: what a browser sees as one text node as long as all values are text. */
export interface RunPart {
  readonly kind: 'run';
  readonly pieces: readonly (string | number)[];
  readonly address: Address;
  /** One value is all that its parent holds: its region needs no boundary. */
  readonly isSole: boolean;
  /** In a textarea or a title, where only text can stand. */
  readonly isRawText: boolean;
  /** At the start of pre or textarea: the browser drops one line break there, so a leading one is written twice. */
  readonly guardsBreak: boolean;
}

export type Part = AttributePart | RunPart;

/** A literal piece of HTML, the place of an id, or a part with values. */
export type Chunk = string | { readonly kind: 'id'; readonly id: number } | Part;

/** A template made ready: what never changes as strings, the rest as parts in document order. */
export interface Template {
  readonly chunks: readonly Chunk[];
  readonly parts: readonly Part[];
  /** How many ids one instance takes. */
  readonly ids: number;
  /** The id of the only root element; CONTAINER when there is text, or not exactly one element. */
  readonly rootId: number;
  /** What it was compiled from. */
  readonly strings: TemplateStringsArray;
}

const cache = new WeakMap<TemplateStringsArray, Template>();

/** Parses each template once in the life of the process. */
export function compile({ strings, isSvg }: Pick<TemplateResult, 'strings' | 'isSvg'>): Template {
  let template = cache.get(strings);
  if (!template) {
    const scanned = scan(strings);
    template = { ...new Compiler(scanned).run(parseTemplate(scanned.source, isSvg)), strings };
    cache.set(strings, template);
  }
  return template;
}

function parseTemplate(source: string, isSvg: boolean): Tree.ParentNode {
  const options = { sourceCodeLocationInfo: true, scriptingEnabled: true };
  if (/^\s*(<!doctype|<html)/i.test(source)) return parse(source, options);
  if (!isSvg) return parseFragment(source, options);
  const context = parseFragment('<svg></svg>').childNodes[0] as Tree.Element;
  return parseFragment(context, source, options);
}

const XHTML = 'http://www.w3.org/1999/xhtml';
const RAW = new Set(['script', 'style', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext', 'noscript']);

const nameOf = (attr: { name: string; prefix?: string | undefined }): string =>
  attr.prefix ? `${attr.prefix}:${attr.name}` : attr.name;

/** Holds text only, escaped like other text. */
const RAW_TEXT = new Set(['textarea', 'title']);
const DROPS_BREAK = new Set(['pre', 'textarea', 'listing']);
const NO_ID = -2;

/** Neighbouring text and placeholders between two elements. */
interface Run {
  pieces: (string | number)[];
  holes: number;
}

type Child = Tree.Element | Tree.DocumentType | Run;

const holesOf = (child: Child | undefined): number => (child && 'pieces' in child ? child.holes : 0);

class Compiler {
  readonly #scanned: Scan;
  readonly #chunks: Chunk[] = [];
  readonly #parts: Part[] = [];
  #literal = '';
  #ids = 0;
  #startTags = 0;
  /** How many <template> elements are open. Nothing inside one can be found, so nothing there can change. */
  #inert = 0;

  constructor(scanned: Scan) {
    this.#scanned = scanned;
  }

  run(root: Tree.ParentNode): Omit<Template, 'strings'> {
    const children = this.#split(root);
    const elements = children.filter((child) => 'tagName' in child);
    const isSingle = children.length === 1 && elements.length === 1;
    this.#children(children, CONTAINER, '', isSingle);
    if (this.#startTags !== this.#scanned.startTags) {
      throw broken('template/misnested', 'an element stands where the browser drops it');
    }
    this.#checkHoles();
    this.#flush();
    return { chunks: this.#chunks, parts: this.#parts, ids: this.#ids, rootId: isSingle ? 0 : CONTAINER };
  }

  /** Splits the children of a node into elements and runs; comments of the author are left out. */
  #split(parent: Tree.ParentNode): Child[] {
    const list: Child[] = [];
    let run: Run | undefined;
    checkOrder(parent);
    for (const node of parent.childNodes) {
      if (isElement(node) || node.nodeName === '#documentType') {
        list.push(node as Tree.Element | Tree.DocumentType);
        run = undefined;
        continue;
      }
      const pieces = piecesOf(node, this.#scanned.places);
      if (pieces.length === 0) continue;
      if (!run) {
        run = { pieces: [], holes: 0 };
        list.push(run);
      }
      run.pieces.push(...pieces);
      run.holes += pieces.filter((piece) => typeof piece === 'number').length;
    }
    const parents = namesFrom(parent);
    return list.filter((child, index) => {
      if (!('pieces' in child)) return true;
      child.pieces = tidy(child.pieces, parents, index === 0, index === list.length - 1);
      return child.pieces.length > 0;
    });
  }

  #children(list: Child[], parentId: number, tagName: string, isRoot = false): void {
    let previous = NO_ID;
    list.forEach((child, index) => {
      if ('pieces' in child) {
        const isRawText = RAW_TEXT.has(tagName);
        this.#run(child, tagName, {
          address: index === 0 ? { code: OP.text, id: parentId } : { code: OP.textAfter, id: previous },
          isSole: !isRawText && list.length === 1 && child.holes === 1 && child.pieces.length === 1,
          isRawText,
          guardsBreak: index === 0 && DROPS_BREAK.has(tagName),
        });
      } else if ('tagName' in child) {
        const next = list[index + 1];
        previous = this.#element(child, isRoot || holesOf(next) > 0);
      } else {
        this.#literal += '<!DOCTYPE html>';
      }
    });
  }

  #run(run: Run, tagName: string, place: Omit<RunPart, 'kind' | 'pieces'>): void {
    if (run.holes === 0) {
      const text = run.pieces.join('');
      this.#literal += (place.guardsBreak && text.startsWith('\n') ? '\n' : '') + escapeText(text);
      return;
    }
    if (tagName === 'table') throw broken('template/misnested', 'a value in <table>: rows belong into <tbody>');
    this.#part({ kind: 'run', pieces: run.pieces, ...place });
  }

  /** Answers the element's id, or NO_ID. */
  #element(element: Tree.Element, isAddressed: boolean): number {
    if (checkElement(element, this.#scanned.source)) this.#startTags++;
    const { tagName } = element;
    const content = tagName === 'template' ? (element as Tree.Template).content : element;
    const isRaw = RAW.has(tagName) && element.namespaceURI === XHTML;
    const children = isRaw ? [] : this.#split(content);
    const hasHoles = element.attrs.some((attr) => splitWords(attr.value).some((piece) => typeof piece === 'number'));
    const needsId = isAddressed || hasHoles || holesOf(children[0]) > 0;
    const id = needsId ? this.#ids++ : NO_ID;

    this.#literal += `<${tagName}`;
    if (needsId) {
      this.#flush();
      this.#chunks.push({ kind: 'id', id });
    }
    for (const attr of element.attrs) this.#attribute(nameOf(attr), attr.value, id);
    this.#literal += '>';
    if (isVoid(element)) return id;
    if (isRaw) {
      this.#literal += element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
    } else {
      const inert = tagName === 'template' ? 1 : 0;
      this.#inert += inert;
      this.#children(children, id, tagName);
      this.#inert -= inert;
    }
    this.#literal += `</${tagName}>`;
    return id;
  }

  #attribute(name: string, value: string, id: number): void {
    if (name === 'dj-id') return;
    if (/^on./i.test(name)) throw broken('template/inline-handler', name);
    const pieces = splitWords(value);
    if (!pieces.some((piece) => typeof piece === 'number')) {
      this.#literal += ` ${name}="${escapeAttribute(value)}"`;
      return;
    }
    if (name === 'srcdoc') throw broken('template/hole-position', 'a value cannot stand in srcdoc');
    this.#part({ kind: 'attribute', id, name, pieces, isUrl: isUrlAttribute(name) });
  }

  #part(part: Part): void {
    if (this.#inert > 0) throw broken('template/hole-position', 'a value cannot stand inside <template>');
    this.#flush();
    this.#chunks.push(part);
    this.#parts.push(part);
  }

  #flush(): void {
    if (this.#literal) this.#chunks.push(this.#literal);
    this.#literal = '';
  }

  /** The scanner and the parser must agree on where each value stands, or a value would be lost or doubled. */
  #checkHoles(): void {
    const seen = this.#parts.flatMap((part) => part.pieces.filter((piece) => typeof piece === 'number'));
    this.#scanned.places.forEach((_, hole) => {
      if (seen[hole] !== hole) throw broken('template/hole-position', `value ${hole + 1}`);
    });
    if (seen.length > this.#scanned.places.length) throw broken('template/hole-position', 'U+E000 is reserved');
  }
}

function piecesOf(node: Tree.ChildNode, places: readonly Place[]): (string | number)[] {
  if (node.nodeName === '#text') {
    const pieces = splitWords((node as Tree.TextNode).value);
    const lost = pieces.find((piece) => typeof piece === 'number' && places[piece] !== 'rawText');
    if (lost !== undefined) throw broken('template/hole-position', `value ${Number(lost) + 1}`);
    return pieces;
  }
  const hole = node.nodeName === '#comment' ? holeOfComment((node as Tree.CommentNode).data) : undefined;
  return hole === undefined ? [] : [hole];
}
