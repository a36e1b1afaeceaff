import { isSignificant } from '@djust/protocol';

const attributesOf = (element: Element): string[][] =>
  [...element.attributes]
    .filter(({ name }) => name !== 'dj-id')
    .map(({ name, value }) => [name, value])
    .sort();

/** A view's tree as data: without ids and boundaries, neighbouring text joined. A region that has become empty may stay. */
export function viewShape(node: Node): unknown[] {
  const shape: unknown[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') shape.push(text);
    text = '';
  };
  for (const child of node.childNodes) {
    if (child instanceof Text) text += child.data;
    if (!(child instanceof Element)) continue;
    flush();
    shape.push([child.namespaceURI, child.localName, attributesOf(child), ...viewShape(child)]);
  }
  flush();
  return shape;
}

/**
 * How text is looked at. apart: node by node. joined: neighbours as one. sent: the same, where all of it came from our
 * server: that joins what a comment parted, and sends no text that does not count.
 */
export type TextForm = 'apart' | 'joined' | 'sent';

/** What counts of a page's tree, without ids. */
export function htmlShape(node: Node, form: TextForm): unknown[] {
  const shape: unknown[] = [];
  for (const child of node.childNodes) {
    const counts = form === 'sent' && child instanceof Text ? child.data !== '' : isSignificant(child);
    if (!counts) continue;
    if (child instanceof Text) {
      if (form !== 'apart' && typeof shape.at(-1) === 'string') shape.push(String(shape.pop()) + child.data);
      else shape.push(child.data);
    } else if (child instanceof Comment) {
      shape.push([child.data.trim().replace(/"[^"]*"/, '')]);
    } else if (child instanceof Element) {
      const content = child instanceof HTMLTemplateElement ? child.content : child;
      shape.push([child.namespaceURI, child.localName, attributesOf(child), ...htmlShape(content, form)]);
    }
  }
  return shape;
}
