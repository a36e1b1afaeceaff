import { expect, type Page } from '@playwright/test';
import type { Wiretap } from './wiretap.ts';

/**
 * The page shows what the server rendered: the same elements, attributes, texts and boundaries in the same order, each
 * under the id that the server knows it by.
 */
export async function expectSame(page: Page, wire: Wiretap): Promise<void> {
  const html = await wire.serverHtml();
  const [shown, rendered] = await page.evaluate((text) => {
    const KEEPS_SPACE = 'pre, code, textarea, script, style';
    const lines = (parent: ParentNode & Node, depth: number): string[] => {
      const found: string[] = [];
      const children = parent instanceof HTMLTemplateElement ? parent.content.childNodes : parent.childNodes;
      for (const node of children) {
        const indent = '  '.repeat(depth);
        if (node instanceof Element) {
          // What is left of a class that came and went says nothing, and `aria-current` is the client's.
          const attributes = [...node.attributes]
            .filter(({ name, value }) => (name !== 'class' || value !== '') && name !== 'aria-current')
            .map(
              ({ name, value }) => `${name}=${JSON.stringify(name === 'style' ? value.replace(/[\s;]/g, '') : value)}`,
            )
            .sort();
          found.push(`${indent}<${[node.localName, ...attributes].join(' ')}>`, ...lines(node, depth + 1));
        } else if (node instanceof Comment) {
          if (/^\/?dj-if/.test(node.data.trim())) found.push(`${indent}<!--${node.data}-->`);
        } else if (parent instanceof Element && parent.closest(KEEPS_SPACE)) {
          found.push(`${indent}${JSON.stringify(node.nodeValue)}`);
        } else if (node.nodeValue === ' ' || node.nodeValue?.trim()) {
          found.push(`${indent}${JSON.stringify(node.nodeValue.replace(/\s+/g, ' '))}`);
        }
      }
      return found;
    };
    const template = document.createElement('template');
    const root = document.querySelector('[dj-view]') as Element;
    template.innerHTML = text;
    return [lines(root, 0), lines(template.content, 0)];
  }, html);
  expect(shown).toEqual(rendered);
}
