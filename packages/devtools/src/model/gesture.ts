import type { DebugEvent } from './entries.ts';

/** `button#save`, `input[name=email]`: enough to find it with the eye. */
export function selectorOf(element: Element | undefined): string {
  if (!element) return '';
  const tag = element.localName;
  if (element.id) return `${tag}#${element.id}`;
  const name = element.getAttribute('name');
  if (name) return `${tag}[name=${name}]`;
  const text = element.textContent?.trim().slice(0, 24) ?? '';
  return text ? `${tag} “${text}”` : tag;
}

/**
 * What a test has to click to do it again: the element by what its author wrote on it, its directives and its data. Ids of
 * the renderer and classes change too easily.
 */
export function gestureOf(element: Element | undefined): Pick<DebugEvent, 'gesture'> {
  if (!element?.hasAttribute('dj-click')) return {};
  let css = element.localName;
  for (const { name, value } of element.attributes) {
    if (/^(dj-(?!id$)|data-(?!dj))/.test(name)) css += `[${CSS.escape(name)}=${JSON.stringify(value)}]`;
  }
  const root = element.closest('[dj-view]');
  const nth = root ? [...root.querySelectorAll(css)].indexOf(element) : -1;
  return nth < 0 ? {} : { gesture: { css: `[dj-view] ${css}`, nth } };
}
