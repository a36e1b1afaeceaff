import type { PanelContext, TabView } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';

const MOST_ROWS = 300;

/** The live parts of the page: roots, elements with directives, hooks; pointing at a row shows where it is. */
export function tree(context: PanelContext): TabView {
  const list = h('ul.tree');
  const pick = button('Pick an element', () => pickElement(context, show), { 'aria-pressed': 'false' });
  const search = h('input', {
    type: 'search',
    placeholder: 'dj-click, a name, a tag',
    'aria-label': 'Find an element',
  });
  search.addEventListener('input', () => draw());
  const picked = h('div');
  const element = h(
    'div',
    {},
    h('div.toolbar', {}, search, pick),
    h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': 'Live parts of the page' }, picked, list),
  );
  let seen = -1;

  function show(target: Element): void {
    const path: HTMLElement[] = [];
    for (let node: Element | null = target; node; node = node.parentElement) path.unshift(row(context, node));
    picked.replaceChildren(h('h3', {}, 'The picked element, and what it is in'), h('ul.tree', {}, ...path.slice(-6)));
  }

  function draw(): void {
    const wanted = search.value.toLowerCase();
    const shown: HTMLElement[] = [];
    let more = 0;
    for (const root of document.querySelectorAll('[dj-view], [dj-sticky-root]')) {
      for (const node of [root, ...root.querySelectorAll('*')]) {
        const directives = directivesOf(node);
        if (node !== root && directives.length === 0) continue;
        const text = `<${node.localName}> ${node.getAttribute('dj-id') ?? ''} ${directives.join(' ')}`;
        if (!text.toLowerCase().includes(wanted)) continue;
        if (shown.length < MOST_ROWS) shown.push(row(context, node));
        else more++;
      }
    }
    list.replaceChildren(...shown);
    if (shown.length === 0) list.append(h('li.empty', {}, 'There is no live element on this page.'));
    if (more > 0) list.append(h('li.soft', {}, `… ${more} more`));
  }
  return {
    element,
    search,
    update() {
      if (seen === context.store.revision) return;
      seen = context.store.revision;
      draw();
    },
    dispose: () => context.highlight([]),
  };
}

function directivesOf({ attributes }: Element): string[] {
  const found: string[] = [];
  // By place: to make a list of each element's attributes would take longer than all the rest on a long page.
  for (let at = 0; at < attributes.length; at++) {
    const { name, value } = attributes[at] as Attr;
    if (name.startsWith('dj-') && name !== 'dj-id' && name !== 'dj-root')
      found.push(value ? `${name}="${value.slice(0, 60)}"` : name);
  }
  return found;
}

function row(context: PanelContext, node: Element): HTMLElement {
  const depth = Math.min(6, depthOf(node));
  const open = button(`<${node.localName}>`, () => node.scrollIntoView({ block: 'center' }), {
    class: 'link',
    onfocus: () => context.highlight([node]),
    onblur: () => context.highlight([]),
  });
  const id = node.getAttribute('dj-id');
  return h(
    'li',
    { onpointerenter: () => context.highlight([node]), onpointerleave: () => context.highlight([]) },
    h('span.soft', {}, '\u00a0\u00a0'.repeat(depth)),
    open,
    id ? h('span.soft', {}, ` ${id} `) : ' ',
    h('span.k', {}, directivesOf(node).join(' ')),
  );
}

function depthOf(node: Element): number {
  let depth = 0;
  for (
    let parent = node.parentElement?.closest('[dj-view], [dj-id]');
    parent;
    parent = parent.parentElement?.closest('[dj-view], [dj-id]')
  )
    depth++;
  return depth;
}

/** The next click on the page names an element and does nothing else. */
function pickElement(context: PanelContext, show: (target: Element) => void): void {
  const abort = new AbortController();
  const options = { capture: true, signal: AbortSignal.any([abort.signal, context.signal]) };
  const targetOf = (event: Event): Element | undefined => {
    const { target } = event;
    return target instanceof Element && !target.localName.startsWith('djust-devtools') ? target : undefined;
  };
  document.addEventListener(
    'pointerover',
    (event) => {
      const target = targetOf(event);
      if (target) context.highlight([target]);
    },
    options,
  );
  document.addEventListener(
    'click',
    (event) => {
      const target = targetOf(event);
      if (!target) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      abort.abort();
      context.highlight([]);
      show(target);
    },
    options,
  );
  document.addEventListener(
    'keydown',
    ({ key }) => {
      if (key === 'Escape') abort.abort();
    },
    options,
  );
  context.say('Click an element of the page. Escape ends it.');
}
