type Child = Node | string | number | null | undefined | false;

interface Props {
  [name: string]: unknown;
}

/**
 * Makes an element: `h('button.primary', { type: 'button', onclick })`. Strings become text nodes and never HTML; that is
 * why nothing that a page or a file brings can run here.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K | `${K}.${string}`,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const [name = 'div', ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length > 0) element.className = classes.join(' ');
  setAll(element, props);
  append(element, children);
  return element as HTMLElementTagNameMap[K];
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(name: string, props: Props = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS(SVG, name);
  setAll(element, props);
  append(element, children);
  return element;
}

function setAll(element: Element, props: Props): void {
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value as EventListener);
    else if (key === 'value' || key === 'checked') Object.assign(element, { [key]: value });
    else element.setAttribute(key, value === true ? '' : String(value));
  }
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === 'number' ? String(child) : child);
  }
}

/** A button that says what it does. */
export const button = (text: string, onclick: () => void, props: Props = {}): HTMLButtonElement =>
  h('button', { type: 'button', onclick, ...props }, text);

/** What has the focus must not go away below the fingers: whoever draws anew waits for it. */
export const holdsFocus = (box: HTMLElement): boolean => box.querySelector(':focus') !== null;

/** Moves an element without a style attribute, which a strict policy would forbid. */
export function place(element: HTMLElement | SVGElement, styles: Record<string, string>): void {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value);
}
