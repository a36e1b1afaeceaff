import morphdom from 'morphdom';
import { hasFocus } from './attributes.ts';
import { parseHtml } from './html.ts';
import { keepPlace } from './preserve.ts';
import type { MergeHtml } from './replace.ts';

/**
 * Merges whole HTML into what is shown: for a mount, a recovery, an update without operations. Nodes are matched by `id`
 * and by key, then by position; what the user has typed, ticked or opened stays.
 */
export const morphContent: MergeHtml = (root, html) => {
  const next = root.cloneNode(false) as Element;
  next.append(parseHtml(html, root));
  const hasIds = html.includes('dj-id=');
  const selections: (() => void)[] = [];
  keepPlace(root, () => {
    morphdom(root, next, {
      childrenOnly: true,
      getNodeKey: (node) => (node instanceof Element ? keyOf(node) : undefined),
      onBeforeElUpdated: (from, to) => {
        if (from instanceof HTMLSelectElement && to instanceof HTMLSelectElement) keepSelection(from, to, selections);
        return beforeUpdate(from, to, hasIds);
      },
      onBeforeNodeDiscarded: (node) => !isKept(node.parentElement),
      onBeforeElChildrenUpdated: (from, to) => beforeChildren(from, to),
    });
    for (const restore of selections) restore();
  });
};

/** An id is unique on a page; a list key only among its siblings, so the way down to it is part of the key. */
function keyOf(element: Element): string | undefined {
  if (element.id) return `#${element.id}`;
  const key = element.getAttribute('dj-key') || element.getAttribute('data-key');
  if (!key) return undefined;
  let path = key;
  for (let up = element.parentElement; up; up = up.parentElement) {
    if (up.id) return `${path}<#${up.id}`;
    const outer = up.getAttribute('dj-key') || up.getAttribute('data-key');
    if (outer) path += `<${outer}`;
  }
  return path;
}

/** Children of these containers are the page's, or pile up: nothing that is there goes. */
const isKept = (element: Element | null): boolean =>
  /^(append|prepend|ignore)$/.test(element?.getAttribute('dj-update') ?? '');

function beforeUpdate(from: Element, to: Element, hasIds: boolean): boolean {
  const mode = to.getAttribute('dj-update');
  if (mode === 'ignore' && from.getAttribute('dj-update') === 'ignore') return false;
  // HTML of an embedded view comes without ids; the ones that are there are still good.
  const id = from.getAttribute('dj-id');
  if (!hasIds && id !== null) to.setAttribute('dj-id', id);
  for (const name of from.getAttribute('dj-ignore-attrs')?.split(',') ?? []) copyAttribute(from, to, name.trim());
  if (from instanceof HTMLDetailsElement || from instanceof HTMLDialogElement) copyAttribute(from, to, 'open');
  if (from instanceof HTMLCanvasElement) for (const name of ['width', 'height']) copyAttribute(from, to, name);
  if (from instanceof HTMLTextAreaElement && to instanceof HTMLTextAreaElement) {
    mergeTextarea(from, to);
    return false;
  }
  keepInput(from, to);
  return true;
}

function copyAttribute(from: Element, to: Element, name: string): void {
  const value = from.getAttribute(name);
  if (value === null) to.removeAttribute(name);
  else to.setAttribute(name, value);
}

/** The field keeps what the user made of it, unless the server changed what it says about it. */
function keepInput(from: Element, to: Element): void {
  if (from instanceof HTMLInputElement && to instanceof HTMLInputElement && from.type === to.type) {
    if (from.type === 'file') return;
    if (keepsValue(from, to, from.getAttribute('value') === to.getAttribute('value'))) to.value = from.value;
    if (from.defaultChecked === to.defaultChecked) to.checked = from.checked;
  }
}

/**
 * morphdom sets options one by one, loses sight of the choice on the way, and marks the one that the browser chose as if the
 * server had. The choice and the marks are put right when all is merged.
 */
function keepSelection(from: HTMLSelectElement, to: HTMLSelectElement, later: (() => void)[]): void {
  const marked = [...to.options].map((option) => option.defaultSelected);
  const defaults = ({ options }: HTMLSelectElement): string =>
    [...options].map((option) => option.defaultSelected && option.value).join('\n');
  const { selectedOptions } = defaults(from) === defaults(to) ? from : to;
  const chosen = [...selectedOptions].map((option) => option.value);
  later.push(() => {
    [...from.options].forEach((option, at) => {
      option.defaultSelected = marked[at] as boolean;
    });
    for (const option of from.options) {
      if (option.selected !== chosen.includes(option.value)) option.selected = !option.selected;
    }
  });
}

const keepsValue = (from: Element, to: Element, isSame: boolean): boolean =>
  hasFocus(from) ? !to.hasAttribute('dj-force-value') : isSame;

/** morphdom would write what the user typed into the default text, where the next merge could not tell them apart. */
function mergeTextarea(from: HTMLTextAreaElement, to: HTMLTextAreaElement): void {
  const isKept = keepsValue(from, to, from.defaultValue === to.defaultValue);
  for (const { name } of [...from.attributes, ...to.attributes]) copyAttribute(to, from, name);
  if (from.defaultValue !== to.defaultValue) from.defaultValue = to.defaultValue;
  if (!isKept) from.value = to.defaultValue;
}

/** In a container that piles up, only children with an unseen id come in. */
function beforeChildren(from: Element, to: Element): boolean {
  const mode = to.getAttribute('dj-update');
  if (mode !== 'append' && mode !== 'prepend') return true;
  const unseen = [...to.children].filter((child) => !child.id || !from.ownerDocument.getElementById(child.id));
  from[mode](...unseen);
  return false;
}
