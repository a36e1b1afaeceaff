import type { JsonObject, Ops } from '@djust/protocol';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { adopted } from '../../test/sessions.ts';
import { Page } from '../session/page.ts';
import { Rendering } from '../session/rendering.ts';
import { on } from '../view/define-view.ts';
import { html, repeat, type TemplateResult } from '../view/html.ts';
import { ReasonFinder } from './reasons.ts';

interface Row {
  id: number;
  text: string;
  isOn: boolean;
}

interface State {
  count: number;
  name: string;
  rows: Row[];
  isOpen: boolean;
}

const rowOf = ({ id, text, isOn }: Row): TemplateResult =>
  html`<li class=${isOn ? 'on' : 'off'}><b>${text}</b> (${id})</li>`;

/** With each kind of place that a value can have. */
const render = ({ count, name, rows, isOpen }: State): TemplateResult => html`
  <h1 title="${name} has ${count}">${count}</h1>
  <p>Hello ${name}, ${count} times</p>
  <ul>${repeat(rows, ({ id }: Row) => id, rowOf)}</ul>
  <div>${isOpen ? html`Open since ${count}` : html`<i>closed</i>`} behind ${name}</div>
`;

const START: State = { count: 0, name: 'ada', rows: [], isOpen: false };
const ROWS: Row[] = [1, 2, 3].map((id) => ({ id, text: `t${id}`, isOn: false }));
const ANYTHING = {
  '~standard': { version: 1 as const, vendor: 'any', validate: (value: unknown) => ({ value: value as JsonObject }) },
};

/** Changes the state of a watched session; answers the reasons by operation, without the ids. */
async function watched(): Promise<(fields: Partial<State>) => Promise<Record<string, string>>> {
  const events = { change: on(ANYTHING, (_: unknown, change) => change as never) };
  const { client } = await adopted({ state: START, events, render } as never, { isDevelopment: true });
  await client.send({ type: 'dev:subscribe', id: 1 } as never);
  let ref = 0;
  return async (fields) => {
    const count = client.peer.texts.length;
    await client.event('change', fields as JsonObject, ++ref);
    const told = (): string | undefined => client.peer.texts.slice(count).find((text) => text.includes('"dev:why"'));
    await vi.waitFor(() => expect(told()).toBeDefined(), { timeout: 20_000 });
    const { why } = JSON.parse(told() as string) as { why: [string, string][] };
    return Object.fromEntries(why.map(([target, name]) => [target.replace(/ \w+/, ''), name]));
  };
}

it('names the value behind each kind of operation by its expression', async () => {
  const change = await watched();
  const list = expect.stringMatching(/repeat\)?\(rows, /);
  expect(await change({ count: 1 })).toEqual({ 'attr title': 'name, count', text: 'name, count' });
  expect(await change({ rows: ROWS })).toEqual({ insert: list });
  expect(await change({ rows: ROWS.map((row) => ({ ...row, isOn: row.id === 2 })) })).toEqual({
    'attr class': expect.stringMatching(/^isOn \? ["']on["'] : ["']off["']$/),
  });
  expect(await change({ rows: ROWS.map((row) => ({ ...row, text: 'x' })) })).toMatchObject({ text: 'text' });
  expect(await change({ rows: ROWS.slice(1) })).toMatchObject({ remove: list });
  expect(await change({ rows: ROWS.slice(1).reverse() })).toMatchObject({ move: list });
  expect(await change({ isOpen: true })).toEqual({ html: expect.stringMatching(/^isOpen \? /) });
  expect(await change({ name: 'bob' })).toMatchObject({ textAfter: 'name' });
});

it('knows a reason for every operation, whatever changes', () => {
  const row = fc.record({ id: fc.nat(9), text: fc.string({ maxLength: 2 }), isOn: fc.boolean() });
  const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 6 });
  const state = fc.record({ count: fc.nat(3), name: fc.string({ maxLength: 2 }), rows, isOpen: fc.boolean() });
  fc.assert(
    fc.property(fc.array(state, { minLength: 2, maxLength: 6 }), (states) => {
      const rendering = new Rendering(() => {});
      rendering.full(render(states[0] as State));
      const finder = new ReasonFinder();
      const page = { version: 1, tree: rendering.tree };
      finder.watch(page as unknown as Page);
      for (const next of states.slice(1)) {
        const ops: Ops = rendering.update(render(next));
        Object.assign(page, { version: page.version + 1, tree: rendering.tree });
        const { origins } = finder.find(page as unknown as Page, [JSON.stringify({ ops })]);
        const count = ops.reduce(
          (sum, [code, ...args]) =>
            sum + (code === 7 || code === 8 ? args.length - 1 : args.length / ([2, 2, 3, 2, 2, 2, 1][code] ?? 1)),
          0,
        );
        expect([origins.length, JSON.stringify(ops)]).toEqual([count, JSON.stringify(ops)]);
      }
    }),
  );
});

it('looks at no page while no panel is open, and at none anew when nothing changed', async () => {
  const looked = vi.spyOn(Page.prototype, 'tree', 'get');
  const { client } = await adopted({}, { isDevelopment: true });
  await client.event('add', {}, 1);
  expect(looked).toHaveBeenCalledTimes(0);
  await client.send({ type: 'dev:subscribe', id: 1 } as never);
  expect(looked).toHaveBeenCalledTimes(1);
  await client.event('same', {}, 2);
  expect(looked).toHaveBeenCalledTimes(1);
  await client.event('add', {}, 3);
  expect(looked).toHaveBeenCalledTimes(2);
  await client.send({ type: 'dev:unsubscribe' } as never);
  await client.event('add', {}, 4);
  expect(looked).toHaveBeenCalledTimes(2);
  looked.mockRestore();
});
