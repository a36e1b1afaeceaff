import type { JsonObject, ParamSchema } from '@djust/protocol';
import { CAPS } from '../model/caps.ts';
import { djustHandlers } from '../model/djust-view.ts';
import type { DebugEvent } from '../model/entries.ts';
import { percentile } from '../model/percentile.ts';
import { durationOf } from '../model/query.ts';
import { codeFrame } from '../ui/code-frame.ts';
import type { PanelContext, TabView } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { bytes, clockTime, ms, plural } from '../ui/format.ts';
import { callForm } from './call-form.ts';
import { describe } from './param-fields.ts';

/** An event that the view declares, as the server describes it. */
interface Handler {
  readonly name: string;
  readonly hasSchema: boolean;
  readonly schema?: ParamSchema;
  readonly isGuarded: boolean;
  /** Who may call it, in the words of the app. */
  readonly rules?: readonly string[];
  readonly replay: string;
  /** What a djust server tells instead. */
  readonly takes?: string;
  readonly description?: string;
}

/** As our server tells, or as the page of a djust server in DEBUG does. */
function handlersOf({ link }: PanelContext): Handler[] {
  if (Array.isArray(link.welcome?.handlers)) return link.welcome.handlers as Handler[];
  const { DJUST_DEBUG_INFO: info } = globalThis as { DJUST_DEBUG_INFO?: unknown };
  return djustHandlers(info).map(({ name, params, description }) => ({
    name,
    description,
    takes: params.join(', ') || 'none',
    hasSchema: params.length > 0,
    isGuarded: false,
    replay: '',
  }));
}

/** What the page may ask the server for: the allow-list of the view, how each fared, and a form to call it. */
export function handlers(context: PanelContext): TabView {
  const cards = h('div.cards');
  const limits = h('span');
  const element = h(
    'div',
    {},
    h('div.toolbar', {}, h('span.total', {}, 'What is not listed here cannot be called. ', limits)),
    h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': 'Handlers' }, cards),
  );
  let drawn = '';
  /** What there is to call changes with the view; how it fared, all the time. */
  let fared: (() => void)[] = [];
  return {
    element,
    update() {
      const { welcome } = context.link;
      const key = JSON.stringify([welcome?.session, welcome?.view, welcome?.handlers]);
      if (key !== drawn) {
        drawn = key;
        const list = handlersOf(context);
        const made = list.map((handler) => card(context, handler));
        fared = made.map(({ update }) => update);
        limits.textContent = limitsOf(welcome?.limits);
        cards.replaceChildren(
          ...(made.length > 0
            ? made.map((one) => one.element)
            : [h('p.empty', {}, 'This server does not tell its handlers.')]),
        );
      }
      for (const update of fared) update();
    },
  };
}

function limitsOf(value: unknown): string {
  const { bytes: size, perSecond, ms: most } = (value ?? {}) as Record<string, unknown>;
  if (typeof size !== 'number') return '';
  return `Each event: ${bytes(size)} at most, ${perSecond} a second, ${ms(Number(most))} to answer.`;
}

function card(context: PanelContext, handler: Handler): { element: HTMLElement; update: () => void } {
  const facts = h('dl.facts');
  const code = h('div');
  const last = callsOf(context, handler).at(-1);
  const element = h(
    'section.card',
    { 'aria-label': handler.name },
    h('h3.mono', {}, handler.name, ' ', sourceButton(context, handler.name, code)),
    facts,
    code,
    callForm(context, handler, (last?.params ?? {}) as JsonObject),
  );
  let seen = '';
  const update = (): void => {
    const calls = callsOf(context, handler);
    const key = `${calls.length} ${calls.at(-1)?.status} ${calls.at(-1)?.appliedAt}`;
    // A link that has the focus must not go away below the fingers.
    if (key === seen || facts.querySelector(':focus')) return;
    seen = key;
    facts.replaceChildren();
    for (const [name, ...value] of rowsOf(context, handler, calls))
      if (value.some(Boolean)) facts.append(h('dt', {}, name), h('dd', {}, ...value));
  };
  return { element, update };
}

const callsOf = ({ store, root }: PanelContext, { name }: Handler): DebugEvent[] =>
  store.events.items
    .slice(-CAPS.recent)
    .filter((event) => event.name === name && event.view === root()?.getAttribute('dj-view'));

type Row = [name: string, ...value: (Node | string | undefined)[]];

function rowsOf(context: PanelContext, handler: Handler, calls: readonly DebugEvent[]): Row[] {
  const took = calls.map(durationOf).filter(Number.isFinite);
  const failed = calls.filter(({ status }) => status === 'error' || status === 'rejected').length;
  const isAll = context.store.events.items.length <= CAPS.recent;
  const last = calls.at(-1);
  const rate = failed > 0 ? `, ${failed} failed: ${Math.round((100 * failed) / calls.length)} %` : '';
  const link =
    last && button(clockTime(last.createdAt), () => context.show('events', { eventId: last.id }), { class: 'link' });
  return [
    ['Does', handler.description],
    ['Parameters', parametersOf(handler)],
    ['Who', ...whoMay(handler)],
    ['Replay', handler.replay === 'allowed' ? undefined : handler.replay],
    ['Called', `${plural(calls.length, 'time')}${rate}${isAll ? '' : `, of the last ${CAPS.recent} events`}`],
    ['Median, 95 %', took.length > 0 ? `${ms(percentile(took, 0.5))}, ${ms(percentile(took, 0.95))}` : undefined],
    ['Last', link, last && `: ${last.status}`],
  ];
}

/** The form below has the rest: each of them with its kind and its limits. */
function parametersOf({ takes, hasSchema, schema }: Handler): string {
  if (takes !== undefined) return takes;
  if (!hasSchema) return 'none';
  if (!schema) return 'checked by a schema that does not tell what it wants';
  const names = Object.keys(schema.properties ?? {});
  return names.length > 0 ? names.join(', ') : describe(schema);
}

function whoMay({ takes, isGuarded, rules = [] }: Handler): (Node | string | undefined)[] {
  if (takes !== undefined) return [undefined];
  if (rules.length > 0) return rules.map((rule) => h('div', {}, h('code', {}, rule)));
  return [isGuarded ? 'asked by allow' : 'every visitor'];
}

/** Shows the handler as it is written, with a link that opens it in an editor. */
function sourceButton(context: PanelContext, name: string, box: HTMLElement): HTMLElement {
  const open = button(
    'Source',
    async () => {
      const isShown = box.childElementCount > 0;
      open.setAttribute('aria-expanded', String(!isShown));
      box.replaceChildren(...(isShown ? [] : [await sourceOf(context, name)]));
    },
    { hidden: !context.link.isSubscribed, 'aria-expanded': 'false' },
  );
  return open;
}

async function sourceOf(context: PanelContext, name: string): Promise<HTMLElement> {
  const answer = await context.link.request({ type: 'dev:handler', event: name });
  if (!answer.ok) return h('p.soft', {}, answer.reason);
  const { file, line, column } = answer.frame;
  const code = await codeFrame(context, { file: String(file), line: Number(line), column: Number(column) });
  return code ?? h('p.soft', {}, `${file}:${line}`);
}
