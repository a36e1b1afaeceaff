import { CAPS } from '../model/caps.ts';
import type { PanelContext } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { bytes, head } from '../ui/format.ts';

/** Keeps a field of the state in sight. */
export function pinButton(context: PanelContext, path: readonly string[]): HTMLElement {
  const name = path.join('.');
  return button(
    'pin',
    () => {
      const { prefs } = context;
      const key = JSON.stringify(path);
      if (!prefs.pins.includes(key)) prefs.pins = [...prefs.pins, key].slice(-CAPS.presets);
      context.save();
      dispatchEvent(new CustomEvent(CHANGED));
    },
    { class: 'link', 'aria-label': `pin ${name}` },
  );
}

const CHANGED = 'djust-devtools:pins';

/** The pinned fields with their values of now; each is asked for by its path, however deep it lies. */
export function pinBox(context: PanelContext): { readonly element: HTMLElement; update(): Promise<void> } {
  const element = h('div', { role: 'region', 'aria-label': 'Pinned fields', hidden: true });
  let turn = 0;
  async function update(): Promise<void> {
    const own = ++turn;
    const { prefs, link } = context;
    const rows = await Promise.all(
      prefs.pins.map(async (key) => {
        const answer = await link.request({ type: 'dev:state', path: pathOf(key), depth: 0 });
        return row(key, answer.ok ? textOf(answer.frame.node) : answer.reason);
      }),
    );
    // An answer that was overtaken says what was.
    if (own !== turn) return;
    element.hidden = rows.length === 0;
    element.replaceChildren(h('h3', {}, 'Pinned'), h('dl.facts', {}, ...rows.flat()));
  }
  function row(key: string, value: string): HTMLElement[] {
    const name = pathOf(key).join('.');
    const unpin = button(
      'unpin',
      () => {
        context.prefs.pins = context.prefs.pins.filter((one) => one !== key);
        context.save();
        void update();
      },
      { class: 'link', 'aria-label': `unpin ${name}` },
    );
    return [h('dt.mono', {}, name), h('dd.mono', {}, head(value, 300), ' ', unpin)];
  }
  addEventListener(CHANGED, () => void update(), { signal: context.signal });
  return { element, update };
}

/** It lay where any script could write. */
function pathOf(key: string): string[] {
  try {
    const path = JSON.parse(key) as unknown;
    return Array.isArray(path) ? path.map(String) : [];
  } catch {
    return [];
  }
}

function textOf(node: unknown): string {
  const { kind, text, count, bytes: size } = (node ?? {}) as Record<string, unknown>;
  if (typeof text === 'string') return kind === 'string' ? JSON.stringify(text) : text;
  return `${kind}, ${count} entries, ${bytes(Number(size))}`;
}
