import type { PanelContext } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { keyName, keyText } from '../ui/keys.ts';
import { holderOf, KEY_GROUPS, type KeyAction, keyOf, refusalOf } from './key-table.ts';

/** Keys that are no key of their own: held with another, or a part of a letter that is still being written. */
const PART_OF_A_KEY = /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified)$/;

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

const written = (key: string): string => keyText(key).replace(/Arrow\w+/, (name) => SIGNS[name] ?? name);

/** All actions with the key that each has, which is also what `?` shows; each can be given another. */
export function keyBox(context: PanelContext): HTMLElement {
  const rows = KEY_GROUPS.flatMap(({ actions }) => actions.map((action) => keyRow(context, action, () => redraw())));
  const redraw = (): void => {
    for (const { draw } of rows) draw();
  };
  redraw();
  const elements = rows.map(({ element }) => element);
  const bodies = KEY_GROUPS.map(({ title, actions }) =>
    h(
      'tbody',
      {},
      h('tr', {}, h('th.group', { colspan: 3, scope: 'rowgroup' }, title)),
      ...elements.splice(0, actions.length),
    ),
  );
  const heads = ['Action', 'Key', 'Another'];
  return h(
    'section',
    { 'aria-label': 'Keys', tabindex: -1 },
    h('h2', {}, 'Keys'),
    h(
      'table.keys',
      {},
      h('thead', {}, h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)))),
      ...bodies,
    ),
    h(
      'p.soft',
      {},
      'Home, End and the page keys move in lists, Escape clears the search. Arrows also move between counts, areas of the state, and the edge of the panel, when these have the focus.',
    ),
  );
}

/** @param changed  the key of this action is another, of which other rows may have to tell */
function keyRow(
  { prefs, save }: PanelContext,
  action: KeyAction,
  changed: () => void,
): { element: HTMLElement; draw: () => void } {
  const key = h('kbd');
  const fault = h('span.fault', { role: 'alert' });
  let isAsking = false;
  const ask = (asks: boolean): void => {
    isAsking = asks;
    change.textContent = asks ? 'Press the new key' : 'Change';
    change.setAttribute('aria-label', asks ? `Press the new key for: ${action.text}` : `Change: ${action.text}`);
    change.setAttribute('aria-pressed', String(asks));
  };
  /** Whether the action has that key from now on. */
  const set = (chosen: string): void => {
    fault.textContent = refusalOf(chosen, action, prefs.keys) ?? '';
    if (fault.textContent) return;
    if (chosen === action.key) delete prefs.keys[action.name];
    else prefs.keys[action.name] = chosen;
    save();
    ask(false);
    changed();
    // The title bar names two keys.
    dispatchEvent(new Event('resize'));
  };
  const begin = (): void => {
    fault.textContent = '';
    ask(!isAsking);
    // Not every browser gives it to a button that is clicked.
    change.focus();
  };
  const change = button('Change', begin, {
    onblur: () => ask(false),
    onkeydown: (event: KeyboardEvent) => {
      if (!isAsking || event.key === 'Tab') return;
      // The key that is chosen does nothing else.
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Escape') ask(false);
      else if (!PART_OF_A_KEY.test(event.key)) set(keyName(event));
    },
  });
  const reset = button(
    'Reset',
    () => {
      set(action.key);
      change.focus();
    },
    { class: 'plain', 'aria-label': `Reset: ${action.text}` },
  );
  ask(false);
  return {
    element: h('tr', {}, h('td', {}, action.text), h('td.tight', {}, key), h('td', {}, change, ' ', reset, ' ', fault)),
    draw() {
      const now = keyOf(action, prefs.keys);
      // What an older panel kept may have one key twice.
      const holder = holderOf(now, action, prefs.keys);
      key.textContent = written(now);
      reset.disabled = now === action.key;
      fault.textContent = holder ? `“${holder.text}” has that key too.` : '';
    },
  };
}
