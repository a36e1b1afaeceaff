import { DjustError, type ErrorCode, faultOf } from '@djust/protocol';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';

/**
 * Does the parser's tree say what the template says? A browser repairs what is nested or closed in the wrong way, and
 * then the page has other elements, or elements in other places, than the author believes.
 */

const XHTML = 'http://www.w3.org/1999/xhtml';
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const IMPLIED_ENDS = new Set(['html', 'head', 'body']);
/** What a parser adds by itself without moving anything. */
const IMPLIED = new Set([...IMPLIED_ENDS, 'tbody', 'tr', 'colgroup']);

export const isElement = (node: Tree.Node): node is Tree.Element => 'tagName' in node;

export const isVoid = (element: Tree.Element): boolean => VOID.has(element.tagName) && element.namespaceURI === XHTML;

/** Is this element as the author closed it? Answers whether its start tag stands in the source. */
export function checkElement(element: Tree.Element, source: string): boolean {
  const at = element.sourceCodeLocation;
  if (!at?.startTag) {
    if (IMPLIED.has(element.tagName)) return false;
    throw broken('template/misnested', `<${element.tagName}> is closed in the wrong place`);
  }
  const startTag = source.slice(at.startTag.startOffset, at.startTag.endOffset);
  const isForeign = element.namespaceURI !== XHTML;
  if (isForeign ? startTag.endsWith('/>') : isVoid(element)) return true;
  if (at.endTag || IMPLIED_ENDS.has(element.tagName)) return true;
  throw broken('template/unclosed', `<${element.tagName}> in line ${at.startTag.startLine}`);
}

/** What the browser moves ends up before something that stands earlier in the source, or outside of its parent. */
export function checkOrder(parent: Tree.ParentNode): void {
  const outer = 'tagName' in parent ? parent.sourceCodeLocation?.startTag : undefined;
  let last = outer?.endOffset ?? 0;
  for (const node of parent.childNodes) {
    const offset = node.sourceCodeLocation?.startOffset ?? last;
    if (offset < last) throw broken('template/misnested', node.nodeName);
    last = offset;
  }
}

/** The names of an element and of those around it, from the inside out. */
export function namesFrom(parent: Tree.ParentNode): string[] {
  const names: string[] = [];
  for (let at: Tree.ParentNode | null = parent; at && 'tagName' in at; at = at.parentNode) names.push(at.tagName);
  return names;
}

export function broken(code: ErrorCode & `template/${string}`, at: string): DjustError {
  return new DjustError(faultOf(code, at));
}
