import { CAPS } from '../model/caps.ts';
import { keptBy } from '../prefs.ts';
import type { PanelContext, TabView } from '../ui/context.ts';
import { h } from '../ui/dom.ts';
import { ACTIONS, keyName } from '../ui/keys.ts';
import { ROW_ACTIONS } from '../ui/row-keys.ts';
import { ANCHORS } from '../ui/trigger.ts';
import { simulatorBox } from './simulator-box.ts';

/** What the panel does, its keys, and the network simulator. */
export function settings(context: PanelContext): TabView {
  const content = h(
    'div.scroll',
    { tabindex: 0, role: 'region', 'aria-label': 'Settings' },
    simulatorBox(context),
    lookBox(context),
    keyBox(context),
  );
  return { element: h('div', {}, h('div'), content), update() {} };
}

function lookBox(context: PanelContext): HTMLElement {
  const { prefs, save } = context;
  const toggle = (name: 'pushes' | 'flashes' | 'preserves' | 'toasts', text: string): HTMLElement => {
    const box = h('input', { type: 'checkbox', checked: prefs[name] });
    box.addEventListener('change', () => {
      prefs[name] = box.checked;
      save();
      dispatchEvent(new Event('resize'));
    });
    return h('div', {}, h('label', {}, box, text));
  };
  const choose = (name: 'theme' | 'dock' | 'anchor', values: readonly string[]): HTMLSelectElement => {
    const select = h('select', {}, ...values.map((value) => h('option', { value }, value)));
    select.value = prefs[name];
    select.addEventListener('change', () => {
      Object.assign(prefs, { [name]: select.value });
      save();
      dispatchEvent(new Event('resize'));
    });
    return select;
  };
  const write = (name: 'redact' | 'editor'): HTMLInputElement => {
    const field = h('input', { type: 'text', value: prefs[name], size: 44 });
    field.addEventListener('change', () => {
      prefs[name] = field.value;
      save();
    });
    return field;
  };
  const keeps = h('input', { type: 'number', min: 10, max: CAPS.events, value: keptBy(prefs) });
  keeps.addEventListener('change', () => {
    prefs.keeps = keeps.valueAsNumber;
    context.store.events.most = keptBy(prefs);
    keeps.value = String(keptBy(prefs));
    save();
  });
  return h(
    'section',
    { 'aria-label': 'Panel' },
    h('h2', {}, 'Panel'),
    h(
      'div.fields',
      {},
      h('label.field', {}, h('span', {}, 'Side'), choose('dock', ['bottom', 'right', 'top', 'left', 'float'])),
      h('label.field', {}, h('span', {}, 'Button'), choose('anchor', ANCHORS)),
      h('label.field', {}, h('span', {}, 'Colours'), choose('theme', ['auto', 'light', 'dark'])),
      h('label.field', {}, h('span', {}, 'Events that are kept'), keeps),
    ),
    toggle('pushes', 'the page makes room for the panel'),
    toggle('flashes', 'flash what a patch changes'),
    toggle('preserves', 'keep what was recorded over loads of the page'),
    toggle('toasts', 'say errors beside the panel’s button'),
    h('label.field', {}, h('span', {}, 'Fields that are taken out of exports, a regular expression'), write('redact')),
    h(
      'label.field',
      {},
      h('span', {}, 'Address that opens {file} at {line} and {column} in an editor'),
      write('editor'),
    ),
  );
}

/** What opens the developer tools of Chrome, Firefox or Safari. */
const BROWSER_KEY = /^(F12|Mod\+(Shift|Alt)\+[CEIJKMSUZ])$/;

function keyBox(context: PanelContext): HTMLElement {
  const body = h('tbody');
  for (const [action, { key, text }] of Object.entries({ ...ACTIONS, ...ROW_ACTIONS })) {
    const field = h('input', {
      type: 'text',
      readonly: true,
      value: context.prefs.keys[action] || key,
      size: 14,
      'aria-label': `Key: ${text}`,
    });
    field.addEventListener('keydown', (event) => {
      if (/^(Tab|Escape|Shift|Control|Alt|Meta)$/.test(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      if (BROWSER_KEY.test(keyName(event))) return context.say('That key belongs to the tools of the browser.');
      context.prefs.keys[action] = keyName(event);
      field.value = keyName(event);
      context.save();
    });
    body.append(h('tr', {}, h('td', {}, text), h('td', {}, field)));
  }
  body.append(
    h('tr', {}, h('td', {}, 'Open a tab'), h('td.mono', {}, '1 to 9')),
    h('tr', {}, h('td', {}, 'Next or previous row'), h('td.mono', {}, 'j, k, arrows')),
    h('tr', {}, h('td', {}, 'From the tabs, or the search, into the tab'), h('td.mono', {}, '↓')),
  );
  return h(
    'section',
    { 'aria-label': 'Keys', tabindex: -1 },
    h('h2', {}, 'Keys'),
    h('p.soft', {}, 'Press another key in a field to change it.'),
    h('table', {}, body),
  );
}
