import { isSignificant } from '@djust/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HtmlDiffer } from '../../../../server-ref/src/diff/html.ts';
import { anyDoc, anyDocEdit, docHtml, editedDoc } from '../../../../server-ref/test/random-html.ts';
import { page } from '../../test/page.ts';
import { applyOps } from './compact.ts';

/** What counts of a tree, without ids; neighbouring text is joined where `isJoined`. */
function shapeOf(node: Node, isJoined: boolean): unknown[] {
  const shape: unknown[] = [];
  for (const child of node.childNodes) {
    if (!isSignificant(child)) continue;
    if (child instanceof Text) {
      if (isJoined && typeof shape.at(-1) === 'string') shape.push(String(shape.pop()) + child.data);
      else shape.push(child.data);
    } else if (child instanceof Comment) {
      shape.push([child.data.trim().replace(/"[^"]*"/, '')]);
    } else if (child instanceof Element) {
      const attributes = [...child.attributes]
        .filter(({ name }) => name !== 'dj-id')
        .map(({ name, value }) => [name, value]);
      shape.push([child.namespaceURI, child.localName, attributes.sort(), ...shapeOf(child, isJoined)]);
    }
  }
  return shape;
}

function freshRoot(html: string): Element {
  const root = document.createElement('div');
  root.innerHTML = html;
  return root;
}

describe.each(['patches', 'ops'] as const)('a random sequence of pages, as %s', (form) => {
  it('leaves the document of a fresh page, and every element that stays is the same node', () => {
    fc.assert(
      fc.property(anyDoc, fc.array(anyDocEdit, { minLength: 3, maxLength: 10 }), (doc, edits) => {
        const differ = new HtmlDiffer(docHtml(doc), { form });
        const live = page(differ.html);
        let current = doc;
        for (const edit of edits) {
          current = editedDoc(current, edit);
          const html = docHtml(current);
          const before = new Map(live.index._nodes);
          const report = form === 'ops' ? applyOps(differ.ops(html), live) : live.apply(...differ.patches(html));
          expect(report).toMatchObject({ ok: true });
          const isJoined = form === 'ops';
          expect(shapeOf(live.root, isJoined)).toEqual(shapeOf(freshRoot(html), isJoined));
          expect(shapeOf(live.root, isJoined)).toEqual(shapeOf(freshRoot(differ.html), isJoined));
          for (const [id, node] of live.index._nodes) {
            const isOurs = node instanceof Element || form === 'ops';
            if (isOurs && before.has(id)) expect(node).toBe(before.get(id));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
