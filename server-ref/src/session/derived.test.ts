import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { rig, shownFor } from '../../test/rig.ts';
import { schemaOf } from '../../test/views.ts';
import { memoryStore } from '../state/memory.ts';
import type { SessionRecord, StateStore } from '../state/store.ts';
import { weigh } from '../state/weigh.ts';
import { defineView, type View, type ViewSpec } from '../view/define-view.ts';
import { html, repeat } from '../view/html.ts';

interface Row {
  id: number;
  name: string;
}

interface Table {
  filter: string;
  rows: readonly Row[];
  count: number;
  note: string;
}

/** What a database would hold. */
const all: readonly Row[] = Array.from({ length: 1_000 }, (_, id) => ({ id, name: `row number ${id} of the table` }));

function table(change: Partial<ViewSpec<Table>> = {}): { view: View<Table>; loads: string[] } {
  const loads: string[] = [];
  const view = defineView<Table>({
    name: 'test.table',
    state: { filter: '', rows: [], count: 0, note: '' },
    derived: {
      rows: {
        from: ['filter'],
        load: async ({ filter }, { principal }) => {
          loads.push(`rows ${filter} ${principal?.id}`);
          return all.filter(({ name }) => name.includes(filter));
        },
      },
      count: { from: ['rows'], load: ({ rows }) => rows.length },
    },
    temporary: ['note'],
    events: (on) => ({
      filter: on(
        schemaOf((params) => (params as { text: string }).text),
        (_, filter) => ({ filter, note: `filtered by ${filter}` }),
      ),
      same: ({ filter }) => ({ filter }),
      own: () => ({ rows: [{ id: 1, name: 'only this' }] }),
    }),
    render: ({ rows, count, note }) => html`
      <p>${count} rows</p>
      <p>${note}</p>
      <ul>${repeat(
        rows,
        ({ id }) => id,
        ({ name }) => html`<li>${name}</li>`,
      )}</ul>
    `,
    ...change,
  });
  return { view, loads };
}

/** As several processes see it: shared, and never by reference. */
function sharedStore(): { store: StateStore; last: () => SessionRecord } {
  const memory = memoryStore({ clock: new FakeClock() });
  let last: SessionRecord | undefined;
  const commit: StateStore['commit'] = async (id, record, token) => {
    last = structuredClone(record);
    return memory.commit(id, last, token);
  };
  return { store: { ...memory, isShared: true, commit }, last: () => last as SessionRecord };
}

const ext = (session: string, version: number, acked: number) => ({ session, version, acked, ref: acked });
const principal = () => ({ id: 'ada' });

describe('derived fields', () => {
  it('are there at the first render, and follow what they are made from', async () => {
    const { view, loads } = table();
    const { get, connect } = rig(view, { principal });
    const page = await get();
    expect(page.html).toContain('1000 rows');
    const client = (await connect()).show(page);
    await client.mount({ view: view.name, ext: ext(page.session, 1, 0) });
    await client.event('filter', { text: '99' }, 1);
    expect(client.shown).toContain('19 rows');
    expect(loads).toEqual(['rows  ada', 'rows 99 ada']);
  });

  it('are not loaded again when nothing changed that they are made from', async () => {
    const { view, loads } = table();
    const { connect } = rig(view, { principal });
    const client = await connect();
    await client.mount({ view: view.name });
    await client.event('same', {}, 1);
    expect(loads).toHaveLength(1);
  });

  it('are taken from a handler that has them, and what is made from them follows', async () => {
    const { view, loads } = table();
    const { connect } = rig(view, { principal });
    const client = await connect();
    await client.mount({ view: view.name });
    await client.event('own', {}, 1);
    expect(client.shown).toBe(shownFor(view, { filter: '', rows: [{ id: 1, name: 'only this' }], count: 1, note: '' }));
    expect(loads).toHaveLength(1);
  });

  it('are not stored: of a table of 1,000 rows less than a twentieth is', async () => {
    const { store, last } = sharedStore();
    const { get } = rig(table().view, { principal, store });
    await get();
    expect(last().state).toEqual({ filter: '' });
    expect(weigh(last())).toBeLessThan(weigh({ ...last(), state: { filter: '', rows: all } }) / 20);
  });

  it('are loaded when the session goes on elsewhere, and the page is the same', async () => {
    const { store } = sharedStore();
    const { view } = table();
    const [one, two] = [rig(view, { store, principal }), rig(view, { store, principal })];
    const page = await one.get();
    const first = (await one.connect()).show(page);
    await first.mount({ view: view.name, ext: ext(page.session, 1, 0) });
    await first.event('filter', { text: '99' }, 1);
    await first.event('own', {}, 2);
    await first.event('filter', { text: '999' }, 3);
    await first.event('filter', { text: '99' }, 4);
    const second = await two.connect();
    await second.mount({ view: view.name, ext: ext(page.session, first.version, 4) });
    expect(second.shown).toBe(
      shownFor(view, { filter: '99', rows: all.filter(({ name }) => name.includes('99')), count: 19, note: '' }),
    );
  });

  it('that cannot be loaded now keep the session where it is: the browser tries again', async () => {
    const { store } = sharedStore();
    const { view } = table();
    let isDown = true;
    const load = async () => {
      if (isDown) throw new Error('the database is away');
      return all.slice(0, 2);
    };
    const broken = table({ derived: { rows: { from: ['filter'], load } } }).view;
    const one = rig(view, { store, principal });
    const two = rig(broken, { store, principal });
    const page = await one.get();
    const first = (await one.connect()).show(page);
    await first.mount({ view: view.name, ext: ext(page.session, 1, 0) });
    await first.event('filter', { text: '9' }, 1);
    const second = await two.connect();
    const frames = await second.mount({ view: view.name, ext: ext(page.session, 2, 1) });
    expect(frames).toMatchObject([{ type: 'error', code: 'view/mount-failed' }]);
    expect(JSON.stringify(frames)).not.toContain('database');
    isDown = false;
    await second.mount({ view: view.name, ext: ext(page.session, 2, 1) });
    expect(second.shown).toContain('row number 1 of the table');
  });

  it('whose load fails refuse the event, and nothing changes', async () => {
    const { view } = table({
      derived: {
        rows: {
          from: ['filter'],
          load: ({ filter }) => {
            if (filter) throw new Error('the database is away');
            return [];
          },
        },
      },
    });
    const { connect } = rig(view, { principal });
    const client = await connect();
    await client.mount({ view: view.name });
    const before = client.shown;
    expect(await client.event('filter', { text: '9' }, 1)).toMatchObject([{ type: 'error', code: 'event/failed' }]);
    expect(client.shown).toBe(before);
  });

  it.each([
    [{ temporary: ['missing' as 'note'] }, 'no field "missing"'],
    [{ derived: { rows: { from: ['missing' as 'note'], load: () => [] } } }, 'no field "missing"'],
    [{ temporary: ['rows' as const] }, 'derived or temporary'],
  ])('declared wrongly are refused at the start: %j', (change, message) => {
    expect(() => table(change)).toThrow(message);
  });
});

describe('temporary fields', () => {
  it('are shown once', async () => {
    const { view } = table();
    const { connect } = rig(view, { principal });
    const client = await connect();
    await client.mount({ view: view.name });
    await client.event('filter', { text: '99' }, 1);
    expect(client.shown).toContain('filtered by 99');
    await client.event('own', {}, 2);
    expect(client.shown).not.toContain('filtered by');
  });

  it('stay on the page while nothing else changes', async () => {
    const { view } = table();
    const { connect } = rig(view, { principal });
    const client = await connect();
    await client.mount({ view: view.name });
    await client.event('filter', { text: '99' }, 1);
    await client.event('same', {}, 2);
    expect(client.shown).toContain('filtered by 99');
  });

  it('are not stored', async () => {
    const { store, last } = sharedStore();
    const { view } = table();
    const { connect } = rig(view, { store, principal });
    const client = await connect();
    await client.mount({ view: view.name });
    await client.event('filter', { text: '99' }, 1);
    expect(last().state).toEqual({ filter: '99' });
  });
});
