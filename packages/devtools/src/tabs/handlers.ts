import type { JsonObject } from '@djust/protocol';
import { CAPS } from '../model/caps.ts';
import { djustHandlers } from '../model/djust-view.ts';
import { percentile } from '../model/percentile.ts';
import { durationOf } from '../model/query.ts';
import { codeFrame } from '../ui/code-frame.ts';
import type { PanelContext, TabView } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { clockTime, json, ms, plural } from '../ui/format.ts';

/** An event that the view declares, as the server describes it. */
interface Handler {
  readonly name: string;
  readonly hasSchema: boolean;
  readonly schema?: unknown;
  readonly isGuarded: boolean;
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
  const element = h(
    'div',
    {},
    h('div.toolbar', {}, h('span.total', {}, 'What is not listed here cannot be called.')),
    h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': 'Handlers' }, cards),
  );
  let drawn = '';
  return {
    element,
    update() {
      const { welcome } = context.link;
      const key = `${context.store.events.items.length} ${welcome?.session}`;
      if (key === drawn) return;
      // A form that is being filled in stays as it is.
      const root = element.getRootNode() as ShadowRoot | Document;
      if (root.activeElement && cards.contains(root.activeElement)) return;
      drawn = key;
      const list = handlersOf(context);
      cards.replaceChildren(
        ...(list.length > 0
          ? list.map((handler) => card(context, handler))
          : [h('p.empty', {}, 'This server does not tell its handlers.')]),
      );
    },
  };
}

function card(context: PanelContext, handler: Handler): HTMLElement {
  const calls = context.store.events.items
    .slice(-CAPS.recent)
    .filter(({ name, view }) => name === handler.name && view === context.root()?.getAttribute('dj-view'));
  const took = calls.map(durationOf).filter(Number.isFinite);
  const failed = calls.filter(({ error }) => error).length;
  const isAll = context.store.events.items.length <= CAPS.recent;
  const last = calls.at(-1);
  const rows: [string, string | undefined][] = [
    ['Does', handler.description],
    ['Parameters', handler.takes ?? (handler.hasSchema ? 'checked by a schema' : 'none')],
    ['Who', handler.takes ? undefined : handler.isGuarded ? 'asked by allow' : 'every visitor of the view'],
    ['Replay', handler.replay],
    [
      'Called',
      `${plural(calls.length, 'time')}${failed > 0 ? `, ${failed} failed` : ''}${isAll ? '' : `, of the last ${CAPS.recent} events`}`,
    ],
    ['Median, 95 %', took.length > 0 ? `${ms(percentile(took, 0.5))}, ${ms(percentile(took, 0.95))}` : undefined],
    ['Last', last && clockTime(last.createdAt)],
  ];
  const facts = h('dl.facts');
  for (const [name, value] of rows) if (value) facts.append(h('dt', {}, name), h('dd', {}, value));
  return h(
    'section.card',
    { 'aria-label': handler.name },
    h('h3.mono', {}, handler.name),
    facts,
    callForm(context, handler),
  );
}

/** Calls the handler like the page does: the same schema refuses here and there, because the server asks it. */
function callForm(context: PanelContext, { name, hasSchema }: Handler): HTMLElement {
  const last = context.store.events.items.findLast((event) => event.name === name);
  const field = h('textarea', {
    'aria-label': `Parameters for ${name}, as JSON`,
    spellcheck: 'false',
    hidden: !hasSchema,
  });
  field.value = json(last?.params ?? {});
  const said = h('p', { role: 'status' });
  const read = (): JsonObject | undefined => {
    try {
      const value = JSON.parse(field.value) as unknown;
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
    } catch {
      // Said below.
    }
    said.textContent = 'Parameters are a JSON object.';
    return undefined;
  };
  const check = button(
    'Check',
    async () => {
      const params = read();
      if (!params) return;
      const answer = await context.link.request({ type: 'dev:check', event: name, params });
      said.textContent = answer.ok
        ? answer.frame.fault
          ? String(answer.frame.fault)
          : 'The server would take it.'
        : answer.reason;
    },
    { hidden: !hasSchema || !context.link.isSubscribed },
  );
  const call = button('Call', async () => {
    const params = read();
    if (params) said.textContent = await context.replay({ name, params });
  });
  const code = h('div');
  return h('div', {}, field, h('div.actions', {}, call, check, sourceButton(context, name, code)), said, code);
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
