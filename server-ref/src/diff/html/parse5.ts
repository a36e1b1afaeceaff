import { isBoundary } from '@djust/protocol';
import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import {
  type Attribute,
  boundary,
  type HtmlElement,
  type HtmlNode,
  type IdSource,
  keyOf,
  type Namespace,
} from './node.ts';
import { isCounted } from './text.ts';

const SPACES: Record<string, Namespace> = {
  'http://www.w3.org/2000/svg': 'svg',
  'http://www.w3.org/1998/Math/MathML': 'math',
};

/** HTML → its tree, by the HTML standard. The content of a <template> does not take part. */
export function parseWithParse5(html: string, ids: IdSource): HtmlNode[] {
  return nodesOf(parseFragment(html, { scriptingEnabled: true }), '', ids);
}

function nodesOf(parent: Tree.ParentNode, parentTag: string, ids: IdSource): HtmlNode[] {
  const nodes: HtmlNode[] = [];
  for (const child of parent.childNodes) {
    if ('tagName' in child) nodes.push(elementOf(child, ids));
    else if (child.nodeName === '#text') {
      const text = (child as Tree.TextNode).value;
      if (isCounted(text, parentTag)) nodes.push({ type: 'text', text });
    } else if (child.nodeName === '#comment') {
      const text = (child as Tree.CommentNode).data;
      if (isBoundary(text)) nodes.push(boundary(text, ids));
    }
  }
  return nodes;
}

function elementOf(node: Tree.Element, ids: IdSource): HtmlElement {
  const id = ids.next();
  const attrs: Attribute[] = [];
  for (const { name, prefix, value } of node.attrs) {
    if (name !== 'dj-id') attrs.push([prefix ? `${prefix}:${name}` : name, value]);
  }
  return {
    type: 'element',
    tag: node.tagName,
    space: SPACES[node.namespaceURI] ?? 'html',
    attrs,
    children: nodesOf(node, node.tagName, ids),
    key: keyOf(node.tagName, attrs, ids.keys),
    id,
    born: ids.reading,
  };
}
