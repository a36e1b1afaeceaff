import { CAPS } from '../model/caps.ts';
import { keptBy } from '../prefs.ts';
import type { PanelContext, TabView } from '../ui/context.ts';
import { h } from '../ui/dom.ts';
import { ANCHORS } from '../ui/trigger.ts';
import { keyBox } from './key-box.ts';
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
