import { FAIR, PRESETS, Simulator, type Weather } from '../simulator.ts';
import type { PanelContext } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';

const NUMBERS = [
  ['delayMs', 'Delay, ms'],
  ['jitterMs', 'Jitter, ms'],
  ['lossPct', 'Loss, %'],
  ['duplicatePct', 'Duplicates, %'],
  ['reorderPct', 'Reordered, %'],
  ['kbps', 'Bandwidth, kbit/s'],
] as const;

/** A bad network, and a slow server behind it. */
export function simulatorBox(context: PanelContext): HTMLElement {
  const { recorder, clock } = context;
  context.simulator ??= new Simulator(clock);
  const { simulator } = context;
  simulator.onOff = () => {
    recorder.shaper = undefined;
  };
  const form = weatherForm(simulator);
  const said = h('p', { role: 'status' }, simulator.isOn ? 'It is on.' : 'It is off.');
  const start = async (): Promise<void> => {
    simulator.start(form.weather(), form.seed());
    recorder.shaper = simulator;
    said.textContent = `On, seed ${simulator.seed}. It ends by itself after 30 minutes. ${await delayHandlers(context, form.handlerMs())}`;
    context.refresh();
  };
  const stop = async (): Promise<void> => {
    simulator.stop();
    said.textContent = 'It is off.';
    context.refresh();
    await delayHandlers(context, 0);
  };
  const presets = Object.entries(PRESETS).map(([name, weather]) =>
    button(name, () => {
      form.fill(weather);
      void start();
    }),
  );
  return h(
    'section',
    { 'aria-label': 'Network simulator' },
    h('h2', {}, 'Network simulator'),
    h('p.soft', {}, 'Between the client and its own socket. The same seed does the same to the same frames.'),
    h('div.actions', {}, ...presets),
    ...form.elements,
    h(
      'div.actions',
      {},
      button('Start', () => void start(), { class: 'primary' }),
      button('Stop', () => void stop()),
      ...closeControls(context),
    ),
    said,
  );
}

interface WeatherForm {
  readonly elements: readonly HTMLElement[];
  fill(weather: Weather): void;
  weather(): Weather;
  seed(): number;
  /** How long each handler of the server shall wait. */
  handlerMs(): number;
}

function weatherForm({ weather, seed }: Simulator): WeatherForm {
  const number = (value: number, min = 0): HTMLInputElement =>
    h('input', { type: 'number', min, value: String(value) });
  const fields = NUMBERS.map(([name, text]) => [name, text, number(weather[name])] as const);
  const seedField = number(seed, 1);
  const handler = number(0);
  const half = h('input', { type: 'checkbox', checked: weather.isBlackhole });
  const amount = ({ value }: HTMLInputElement): number => Math.max(0, Number(value) || 0);
  const labelled = (text: string, field: HTMLElement): HTMLElement => h('label.field', {}, h('span', {}, text), field);
  return {
    elements: [
      h(
        'div.fields',
        {},
        ...fields.map(([, text, field]) => labelled(text, field)),
        labelled('Handlers wait, ms', handler),
        labelled('Seed', seedField),
      ),
      h('label', {}, half, 'half open: nothing comes through, and nobody says so'),
    ],
    fill(chosen) {
      for (const [name, , field] of fields) field.value = String(chosen[name]);
      half.checked = chosen.isBlackhole;
    },
    weather: () => ({
      ...FAIR,
      ...Object.fromEntries(fields.map(([name, , field]) => [name, amount(field)])),
      isBlackhole: half.checked,
    }),
    seed: () => amount(seedField) || 1,
    handlerMs: () => amount(handler),
  };
}

/** The server itself lets them wait: it knows where a handler begins. Answers what to say of it. */
async function delayHandlers({ link }: PanelContext, ms: number): Promise<string> {
  if (!link.isSubscribed) return ms > 0 ? 'This server cannot delay its handlers.' : '';
  const answer = await link.request({ type: 'dev:delay', ms });
  if (!answer.ok) return answer.reason;
  return Number(answer.frame.ms) > 0 ? `Each handler waits ${answer.frame.ms} ms.` : '';
}

function closeControls({ recorder }: PanelContext): HTMLElement[] {
  const code = h('input', { type: 'number', value: '1012', 'aria-label': 'Close code' });
  return [
    code,
    button('Close the socket with this code', () => recorder.wire?.end(Number(code.value) || 1006, 'simulated')),
    button('Server restart', () => recorder.wire?.end(1012, 'simulated restart')),
  ];
}
