import { warningsOf } from '../model/advice.ts';
import type { DebugEvent } from '../model/entries.ts';
import { playwrightTest } from '../model/playwright.ts';
import { durationOf } from '../model/query.ts';
import type { PanelContext } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { bytes, clockTime, json, ms, plural } from '../ui/format.ts';
import { longText } from '../ui/long-text.ts';
import { replayBox } from './replay-box.ts';
import { statusChip } from './status-chip.ts';
import { waterfall } from './waterfall.ts';

/** Everything about one event, and what can be done with it. */
export function eventDetail(context: PanelContext, event: DebugEvent): HTMLElement {
  const { applied, error, server } = event;
  const frames = context.store.frames.items.filter(
    ({ ref, page }) => ref !== undefined && ref === event.ref && page === event.page,
  );
  const box = h(
    'div',
    {},
    h('h2', {}, event.name, statusChip(event), event.ref === undefined ? null : h('span.soft', {}, `#${event.ref}`)),
  );
  box.append(
    facts(event),
    actions(context, event),
    ...warningsOf(event).map(({ level, says, fix }) => h(`p.note.${level}`, {}, h('b', {}, says), ` ${fix}`)),
  );
  if (error) {
    box.append(
      h('h3', {}, 'Error'),
      h(
        'p.note.bad',
        {},
        h('b', {}, error.code),
        ` ${error.message} `,
        error.detail ?? '',
        error.hint ? h('div', {}, error.hint) : null,
      ),
      h(
        'div.actions',
        {},
        button('Open the error', () => context.showError(event)),
      ),
    );
  }
  box.append(h('h3', {}, 'From the gesture to the paint'), waterfall(event));
  if (Object.keys(event.params).length > 0)
    box.append(h('h3', {}, 'Parameters'), h('pre', {}, longText(json(event.params))));
  if (server && server.delta.length > 0) box.append(h('h3', {}, 'State'), deltaTable(server.delta));
  if (applied) {
    const said = `${plural(applied.ops, 'operation')} in ${bytes(applied.bytes)}: ${applied.touched} nodes written, ${applied.added} came, ${applied.removed} went.`;
    box.append(h('h3', {}, 'Page'), h('p', {}, said));
  }
  if (frames.length > 0) box.append(h('h3', {}, 'Frames'), frameLinks(context, frames));
  return box;
}

function facts(event: DebugEvent): HTMLElement {
  const rows: [string, string | undefined][] = [
    ['View', event.view],
    ['Element', event.element],
    ['When', clockTime(event.createdAt)],
    ['Took', ms(durationOf(event))],
    ['Reason', event.reason],
    ['State', event.server && bytes(event.server.stateBytes)],
  ];
  const list = h('dl.facts.line');
  for (const [name, value] of rows) if (value) list.append(h('div', {}, h('dt', {}, name), h('dd', {}, value)));
  return list;
}

function actions(context: PanelContext, event: DebugEvent): HTMLElement {
  const copy = button('Copy as Playwright test', () => {
    const { store, prefs } = context;
    const text = playwrightTest(store.held, { events: [event], redact: prefs.redact });
    navigator.clipboard?.writeText(text).then(
      () => context.say('The test is in the clipboard.'),
      () => context.say('The browser did not allow to copy.'),
    );
  });
  return replayBox(context, event, [
    copy,
    button('Patches', () => context.show('patches', { eventId: event.id })),
    button('Frames', () => context.show('network', { eventId: event.id })),
  ]);
}

export function deltaTable(delta: readonly { path: string; before: string; after: string }[]): HTMLElement {
  const body = h('tbody');
  for (const { path, before, after } of delta)
    body.append(
      h(
        'tr',
        {},
        h('td.mono', {}, path),
        h('td', {}, h('del.mono', {}, longText(before, 300))),
        h('td', {}, h('ins.mono', {}, longText(after, 300))),
      ),
    );
  return h(
    'table',
    {},
    h('thead', {}, h('tr', {}, h('th', {}, 'Field'), h('th', {}, 'before'), h('th', {}, 'after'))),
    body,
  );
}

function frameLinks(context: PanelContext, frames: PanelContext['store']['frames']['items']): HTMLElement {
  const list = h('ul');
  for (const { id, direction, type, bytes: size, at, mark } of frames) {
    const open = button(`${direction === 'out' ? '↑' : '↓'} ${type}`, () => context.show('network', { frameId: id }), {
      class: 'link',
    });
    list.append(
      h(
        'li',
        {},
        h('span.time', {}, clockTime(at)),
        ' ',
        open,
        ` ${bytes(size)}`,
        mark ? h('span.chip.warn', {}, mark) : null,
      ),
    );
  }
  return list;
}
