import type { VNode } from '@djust/protocol';
import { writeAttribute } from './attributes.ts';
import { parseHtml } from './html.ts';

const NAMESPACES: Record<string, string> = {
  svg: 'http://www.w3.org/2000/svg',
  math: 'http://www.w3.org/1998/Math/MathML',
};
const XHTML = 'http://www.w3.org/1999/xhtml';

/** A tree of the base wire → nodes, in the namespace that `parent` gives its children. Scripts never run. */
export function createNode(vnode: VNode, parent: Element): Node {
  const text = vnode.text ?? '';
  if (vnode.tag === '#text') return document.createTextNode(text);
  if (vnode.tag === '#comment') return document.createComment(text);
  const element = createElement(vnode.tag, childNamespace(parent));
  for (const [name, value] of Object.entries(vnode.attrs ?? {})) writeAttribute(element, name, value);
  for (const child of vnode.children ?? []) element.appendChild(createNode(child, element));
  if (element instanceof HTMLTextAreaElement) element.value = element.defaultValue;
  return element;
}

function createElement(tag: string, inherited: string): Element {
  const name = tag.toLowerCase();
  // Only the parser makes script elements that never run; a copy of one stays that way.
  if (name === 'script') return parseHtml('<script></script>', document.body).firstChild as Element;
  return document.createElementNS(NAMESPACES[name] ?? inherited, tag);
}

/** foreignObject and annotation-xml hold HTML again. */
function childNamespace(parent: Element): string {
  const isHtmlInside = parent.localName === 'foreignObject' || parent.localName === 'annotation-xml';
  return isHtmlInside ? XHTML : (parent.namespaceURI ?? XHTML);
}
