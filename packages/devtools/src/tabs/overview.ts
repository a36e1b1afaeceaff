import { CAPS } from '../model/caps.ts';
import { percentile } from '../model/percentile.ts';
import { durationOf } from '../model/query.ts';
import { breachesOf } from '../model/rules.ts';
import { exportSession, exportTest, importSession } from '../session-file.ts';
import type { PanelContext, TabView } from '../ui/context.ts';
import { button, h, holdsFocus } from '../ui/dom.ts';
import { bytes, clockTime, ms, plural } from '../ui/format.ts';

/** The page at a glance: connection, view, traffic, what needs a look; and the session as a file. */
export function overview(context: PanelContext): TabView {
  const cards = h('div.cards.tight');
  const file = h('input', {
    type: 'file',
    accept: '.json,.djtrace',
    class: 'sr',
    tabindex: -1,
    'aria-label': 'Session file',
  });
  file.addEventListener('change', async () => {
    const [chosen] = file.files ?? [];
    if (chosen) context.say(await importSession(context, chosen));
    file.value = '';
  });
  const preview = h('span.total');
  const toolbar = h(
    'div.toolbar',
    {},
    button('Export session', () => void exportSession(context).then((said) => context.say(said)), {
      title: 'A file with all of this; secrets are taken out',
    }),
    button('Import session', () => file.click()),
    button('Export as Playwright test', () => context.say(exportTest(context))),
    file,
    preview,
  );
  const element = h(
    'div',
    {},
    toolbar,
    h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': 'At a glance' }, cards),
  );
  let drawn = '';
  return {
    element,
    update() {
      const { store, client, link } = context;
      const key = `${store.revision} ${client()?.phase} ${client()?.openEvents} ${link.isSubscribed}`;
      if (key === drawn || (drawn !== '' && holdsFocus(cards))) return;
      drawn = key;
      // Held are two bytes for a character.
      preview.textContent = `A session file would have about ${bytes(Math.ceil(store.heldBytes / 2))}, without what ${context.prefs.redact || 'no rule'} names.`;
      cards.replaceChildren(...draw(context));
    },
  };
}

function draw(context: PanelContext): HTMLElement[] {
  const { store, link, client } = context;
  const events = store.events.items;
  const durations = events.slice(-CAPS.recent).map(durationOf).filter(Number.isFinite);
  const sum = (direction: string): number =>
    store.frames.items.reduce(
      (all, frame) => (frame.direction === direction && frame.way !== 'worker' ? all + frame.bytes : all),
      0,
    );
  const failed = events.filter(({ error, status }) => error || status === 'rejected');
  const warned = events.slice(-200).flatMap(breachesOf);
  const root = context.root();
  const closes = store.transitions.items.filter(({ to }) => to === 'closed');
  const last = closes.at(-1);
  return [
    card('Connection', client()?.phase ?? 'no client on this page', [
      ['Open events', client()?.openEvents],
      ['Closed so far', closes.length],
      ['Last close', last && `${last.code} at ${clockTime(last.at)}`],
      ['Socket', link.isSubscribed ? 'with debug frames' : 'without debug frames'],
    ]),
    card('View', root?.getAttribute('dj-view') ?? 'none', [
      ['Address', location.pathname + location.search],
      ['Elements', root?.querySelectorAll('*').length],
      ['Session', text(link.welcome?.session)],
      ['Server', text(link.welcome?.server) ?? 'tells nothing about its inside'],
      ['Visitor', text(link.welcome?.principal)],
    ]),
    card('Events', String(events.length), [
      ['Failed', failed.length],
      ['Median', ms(percentile(durations, 0.5))],
      ['95 of 100 within', ms(percentile(durations, 0.95))],
    ]),
    card('Traffic', bytes(sum('in') + sum('out')), [
      ['Received', bytes(sum('in'))],
      ['Sent', bytes(sum('out'))],
      ['Frames', store.frames.items.length],
      ['Held by the panel', bytes(store.heldBytes)],
    ]),
    attention(context, failed.length, warned.length),
    pages(context),
  ];
}

function attention(context: PanelContext, failed: number, warned: number): HTMLElement {
  const box = card('Worth a look', failed + warned === 0 ? 'nothing' : plural(failed + warned, 'finding'), []);
  if (failed > 0)
    box.append(
      h(
        'div.actions',
        {},
        button(plural(failed, 'failed event'), () => context.show('events')),
      ),
    );
  if (warned > 0)
    box.append(
      h(
        'div.actions',
        {},
        button(plural(warned, 'warning'), () => context.show('performance')),
      ),
    );
  return box;
}

function pages({ store }: PanelContext): HTMLElement {
  const box = card('Pages of this tab', String(store.pages.items.length), []);
  const list = h('ul');
  for (const { at, url, how } of store.pages.items.slice(-6))
    list.append(
      h(
        'li',
        {},
        h('span.time', {}, clockTime(at)),
        ` ${how === 'load' ? 'loaded' : 'went to'} `,
        h('span.mono', {}, url),
      ),
    );
  box.append(list);
  return box;
}

type Fact = [name: string, value: string | number | undefined];

function card(title: string, big: string, facts: readonly Fact[]): HTMLElement {
  const list = h('dl.facts');
  for (const [name, value] of facts)
    if (value !== undefined && value !== '') list.append(h('dt', {}, name), h('dd', {}, String(value)));
  return h('section.card', { 'aria-label': title }, h('h3.soft', {}, title), h('div.big', {}, big), list);
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
