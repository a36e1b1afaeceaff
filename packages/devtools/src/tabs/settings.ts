import { FAIR, PRESETS, Simulator, type Weather } from '../simulator.ts';
import type { PanelContext, TabView } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { ACTIONS, type Action, keyName, keyOf } from '../ui/keys.ts';
import { ANCHORS } from '../ui/trigger.ts';

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

const NUMBERS: readonly (readonly [keyof Weather, string])[] = [
  ['delayMs', 'Delay, ms'],
  ['jitterMs', 'Jitter, ms'],
  ['lossPct', 'Loss, %'],
  ['duplicatePct', 'Duplicates, %'],
  ['reorderPct', 'Reordered, %'],
  ['kbps', 'Bandwidth, kbit/s'],
];

function simulatorBox(context: PanelContext): HTMLElement {
  const { recorder, clock } = context;
  context.simulator ??= new Simulator(clock);
  const { simulator } = context;
  simulator.onOff = () => {
    recorder.shaper = undefined;
  };
  const fields = new Map(
    NUMBERS.map(([name]) => [name, h('input', { type: 'number', min: 0, value: String(simulator.weather[name]) })]),
  );
  const seed = h('input', { type: 'number', min: 1, value: String(simulator.seed) });
  const half = h('input', { type: 'checkbox', checked: simulator.weather.isBlackhole });
  const said = h('p', { role: 'status' }, simulator.isOn ? 'It is on.' : 'It is off.');
  const fill = (weather: Weather): void => {
    for (const [name, field] of fields) field.value = String(weather[name]);
    half.checked = weather.isBlackhole;
  };
  const start = (): void => {
    const numbers = Object.fromEntries(
      [...fields].map(([name, field]) => [name, Math.max(0, Number(field.value) || 0)]),
    );
    simulator.start({ ...FAIR, ...numbers, isBlackhole: half.checked }, Number(seed.value) || 1);
    recorder.shaper = simulator;
    said.textContent = `On, seed ${simulator.seed}. It ends by itself after 30 minutes.`;
    context.refresh();
  };
  const stop = (): void => {
    simulator.stop();
    said.textContent = 'It is off.';
    context.refresh();
  };
  const close = h('input', { type: 'number', value: '1012', 'aria-label': 'Close code' });
  const presets = Object.entries(PRESETS).map(([name, weather]) =>
    button(name, () => {
      fill(weather);
      start();
    }),
  );
  return h(
    'section',
    { 'aria-label': 'Network simulator' },
    h('h2', {}, 'Network simulator'),
    h(
      'p.soft',
      {},
      'Between the client and its own socket, nowhere else. The same seed does the same to the same frames.',
    ),
    h('div.actions', {}, ...presets),
    h(
      'div.fields',
      {},
      ...NUMBERS.map(([name, text]) => h('label.field', {}, h('span', {}, text), fields.get(name))),
      h('label.field', {}, h('span', {}, 'Seed'), seed),
    ),
    h('label', {}, half, 'half open: nothing comes through, and nobody says so'),
    h(
      'div.actions',
      {},
      button('Start', start, { class: 'primary' }),
      button('Stop', stop),
      close,
      button('Close the socket with this code', () => {
        recorder.wire?.end(Number(close.value) || 1006, 'simulated');
      }),
      button('Server restart', () => recorder.wire?.end(1012, 'simulated restart')),
    ),
    said,
  );
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

function keyBox(context: PanelContext): HTMLElement {
  const body = h('tbody');
  for (const action of Object.keys(ACTIONS) as Action[]) {
    const field = h('input', {
      type: 'text',
      readonly: true,
      value: keyOf(action, context.prefs.keys),
      size: 14,
      'aria-label': `Key: ${ACTIONS[action].text}`,
    });
    field.addEventListener('keydown', (event) => {
      if (/^(Tab|Escape|Shift|Control|Alt|Meta)$/.test(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      context.prefs.keys[action] = keyName(event);
      field.value = keyName(event);
      context.save();
    });
    body.append(h('tr', {}, h('td', {}, ACTIONS[action].text), h('td', {}, field)));
  }
  body.append(
    h('tr', {}, h('td', {}, 'Open a tab'), h('td.mono', {}, '1 to 9')),
    h('tr', {}, h('td', {}, 'Next or previous row'), h('td.mono', {}, 'j, k, arrows')),
  );
  return h(
    'section',
    { 'aria-label': 'Keys' },
    h('h2', {}, 'Keys'),
    h('p.soft', {}, 'Press another key in a field to change it.'),
    h('table', {}, body),
  );
}
