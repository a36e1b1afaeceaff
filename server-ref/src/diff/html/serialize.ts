import { openBoundary, type VNode } from '@djust/protocol';
import { escapeAttribute, escapeText } from '../../view/escape.ts';
import { attributeOf, type HtmlElement, type HtmlNode, VOID } from './node.ts';

/** How regions are named: by the template engine's ids, for the base wire, or by ours, for compact operations. */
export type RegionNames = 'given' | 'own';

/** A tree → HTML in which every element bears its id. */
export function toHtml(nodes: readonly HtmlNode[], names: RegionNames): string {
  let html = '';
  let last: HtmlNode | undefined;
  for (const node of nodes) {
    if (node.type === 'element') html += elementToHtml(node, names);
    else if (node.type === 'boundary')
      html += names === 'own' && node.own ? openBoundary(node.own) : `<!--${node.text}-->`;
    // Two texts that a comment kept apart count as two in paths; a comment that does not count keeps them so.
    else html += (last?.type === 'text' && names === 'given' ? '<!---->' : '') + escapeText(node.text);
    last = node;
  }
  return html;
}

function elementToHtml({ tag, space, attrs, children, id }: HtmlElement, names: RegionNames): string {
  let html = `<${tag} dj-id="${id}"`;
  for (const [name, value] of attrs) html += ` ${name}="${escapeAttribute(value)}"`;
  html += '>';
  if (space === 'html' && VOID.has(tag)) return html;
  if (RAW.has(tag)) html += children.map((child) => (child.type === 'text' ? child.text : '')).join('');
  else html += guardBreak(tag, toHtml(children, names));
  return `${html}</${tag}>`;
}

/** Their content is text without entities; `noscript` for a browser that runs scripts, and only such a one shows updates. */
const RAW: ReadonlySet<string> = new Set('script style noscript iframe xmp noembed noframes'.split(' '));

/** The browser drops one line break at the start of these. */
const guardBreak = (tag: string, html: string): string =>
  html.startsWith('\n') && (tag === 'pre' || tag === 'textarea') ? `\n${html}` : html;

/** A node as the base wire sends it. @see wire spec 6 */
export function toVNode(node: HtmlNode): VNode {
  if (node.type === 'text') return { tag: '#text', attrs: {}, children: [], text: node.text, key: null };
  if (node.type === 'boundary') return { tag: '#comment', attrs: {}, children: [], text: node.text, key: null };
  const attrs: Record<string, string> = { 'dj-id': node.id };
  for (const [name, value] of node.attrs) attrs[name] = value;
  const key = attributeOf(node, 'dj-key') ?? attributeOf(node, 'data-key') ?? null;
  return { tag: node.tag, attrs, children: node.children.map(toVNode), text: null, key, djust_id: node.id };
}
