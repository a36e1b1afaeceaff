import { OP, type PatchFrame } from '@djust/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, canonicalOf } from '../../test/apply-ops.ts';
import { type Rig, rig, type TestClient } from '../../test/rig.ts';
import { schemaOf } from '../../test/views.ts';
import { defineView, on, type View } from '../view/define-view.ts';
import { html } from '../view/html.ts';
import { renderToString } from '../view/static.ts';
import { stream } from '../view/stream.ts';

interface Row {
  id: string;
  text: string;
}

type Act = { kind: 'append' | 'prepend' | 'update' | 'reset'; rows: Row[] } | { kind: 'remove'; keys: string[] };

const row = ({ id, text }: Row) => html`<li class="row ${text}" data-key=${id}>${id}: <b>${text}</b></li>`;
const LIMIT = 6;

/** A log of which the database has everything, and the page the last few rows. */
class Log {
  rows: Row[] = [];
  loads = 0;

  do(act: Act): void {
    if (act.kind === 'reset') this.rows = act.rows.slice(-LIMIT);
    else if (act.kind === 'remove') this.rows = this.rows.filter(({ id }) => !act.keys.includes(id));
    else {
      for (const fresh of act.kind === 'prepend' ? [...act.rows].reverse() : act.rows) {
        const at = this.rows.findIndex(({ id }) => id === fresh.id);
        if (at >= 0) this.rows[at] = fresh;
        else if (act.kind === 'append') this.rows.push(fresh);
        else if (act.kind === 'prepend') this.rows.unshift(fresh);
      }
      this.rows = act.kind === 'prepend' ? this.rows.slice(0, LIMIT) : this.rows.slice(-LIMIT);
    }
  }

  view(): View {
    return defineView({
      name: 'test.view',
      state: { title: 'Log', isShown: true },
      streams: {
        log: {
          load: async () => {
            this.loads++;
            return this.rows;
          },
          key: ({ id }: Row) => id,
          render: row,
          limit: LIMIT,
        },
      },
      events: {
        act: on(
          schemaOf((value) => value as Act),
          (_, act, ctx) => {
            this.do(act);
            const log = ctx.stream<Row>('log');
            if (act.kind === 'remove') log.remove(...act.keys);
            else if (act.kind === 'reset') log.reset(act.rows);
            else log[act.kind](...act.rows);
          },
        ),
        fail: (_, __, ctx) => {
          ctx.stream<Row>('log').append({ id: 'never', text: 'seen' });
          throw new Error('no');
        },
        many: (_, __, ctx) =>
          ctx.stream<Row>('log').append(...Array.from({ length: 10_000 }, (_, i) => ({ id: `${i}`, text: 't' }))),
        toggle: ({ isShown }) => ({ isShown: !isShown }),
        rename: () => ({ title: 'Other' }),
      },
      render: ({ title, isShown }) =>
        html`<h1>${title}</h1><p>${isShown ? html`<ul>${stream('log')}</ul>` : 'none'}</p>`,
    });
  }

  expected(title = 'Log'): string {
    return canonicalOf(renderToString(html`<h1>${title}</h1><p>${html`<ul>${this.rows.map(row)}</ul>`}</p>`));
  }
}

const rowsOf = (...ids: string[]): Row[] => ids.map((id) => ({ id, text: `t${id}` }));

async function shown(log: Log, ext: object | null = {}): Promise<Rig & { client: TestClient }> {
  const all = rig(log.view());
  const client = await all.connect();
  await client.mount({ ext });
  return { ...all, client };
}

const look = (client: TestClient): string => (client.page ? canonical(client.page.root) : '');

const anyRow = fc.record({ id: fc.constantFrom(...'abcdefghij'), text: fc.constantFrom('x', 'y', 'z') });
const anyRows = fc.uniqueArray(anyRow, { maxLength: 9, selector: ({ id }) => id });
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constantFrom('append' as const, 'prepend' as const, 'update' as const), rows: anyRows }),
  fc.record({ kind: fc.constant('reset' as const), rows: anyRows }),
  fc.record({
    kind: fc.constant('remove' as const),
    keys: fc.array(fc.constantFrom(...'abcdefghij'), { maxLength: 3 }),
  }),
);

describe('a stream', () => {
  const anyActs = fc.array(anyAct, { minLength: 1, maxLength: 12 });

  it('shows after any sequence of changes what the database would show', async () => {
    await fc.assert(
      fc.asyncProperty(anyActs, async (acts) => {
        const log = new Log();
        const { client } = await shown(log);
        for (const [at, act] of acts.entries()) {
          await client.event('act', act, at + 1);
          expect(look(client)).toBe(log.expected());
        }
        expect(log.loads).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  it('does so for a plain djust client, which is told everything each time', async () => {
    await fc.assert(
      fc.asyncProperty(anyActs, async (acts) => {
        const log = new Log();
        const { client } = await shown(log, null);
        const before = log.loads;
        for (const [at, act] of acts.entries()) await client.event('act', act, at + 1);
        await client.send({ type: 'request_html' });
        expect(look(client)).toBe(log.expected());
        expect(log.loads).toBe(before);
      }),
      { numRuns: 60 },
    );
  });

  it('is as long as its limit, on the server too, and 10,000 rows come as one operation', async () => {
    const log = new Log();
    const view = log.view();
    const streams = { log: { ...view.streams?.log, limit: 20_000 } } as NonNullable<View['streams']>;
    const all = rig({ ...view, streams });
    const client = await all.connect();
    await client.mount();
    const [frame] = await client.event('many', {}, 1);
    const { ops } = frame as PatchFrame & { ops: unknown[][] };
    expect(ops.map(([code, ...args]) => [code, args.length])).toEqual([[OP.insert, 2]]);
    const [next] = await client.event('act', { kind: 'append', rows: rowsOf('x') }, 2);
    expect((next as PatchFrame & { ops: unknown[][] }).ops.map(([code]) => code)).toEqual([OP.insertAfter]);
  });

  it('asks for its rows once, and again only for a page that is made anew', async () => {
    const log = new Log();
    log.rows = rowsOf('a', 'b');
    const { client } = await shown(log);
    await client.event('act', { kind: 'append', rows: rowsOf('c') }, 1);
    await client.event('rename', {}, 2);
    expect(log.loads).toBe(1);
    await client.send({ type: 'request_html' });
    expect(log.loads).toBe(2);
    expect(look(client)).toBe(log.expected('Other'));
    await client.event('act', { kind: 'prepend', rows: rowsOf('d') }, 3);
    expect(look(client)).toBe(log.expected('Other'));
  });

  it('that was away comes back with the rows of now', async () => {
    const log = new Log();
    const { client } = await shown(log);
    await client.event('toggle', {}, 1);
    await client.event('act', { kind: 'append', rows: rowsOf('a', 'b') }, 2);
    expect(log.loads).toBe(1);
    await client.event('toggle', {}, 3);
    expect(log.loads).toBe(2);
    expect(look(client)).toBe(log.expected());
    await client.event('act', { kind: 'append', rows: rowsOf('c') }, 4);
    expect(look(client)).toBe(log.expected());
  });

  it('hears nothing of a handler that fails', async () => {
    const log = new Log();
    const { client } = await shown(log);
    expect(await client.event('fail', {}, 1)).toMatchObject([{ type: 'error' }]);
    await client.event('act', { kind: 'append', rows: rowsOf('a') }, 2);
    expect(look(client)).toBe(log.expected());
  });

  it('is part of the page over HTTP, and goes on when that page is taken over', async () => {
    const log = new Log();
    log.rows = rowsOf('a', 'b');
    const all = rig(log.view());
    const page = await all.get();
    expect(page.text).toContain('<b dj-id=');
    const client = (await all.connect()).show(page);
    await client.mount({ ext: { session: page.session, version: page.version } });
    await client.event('act', { kind: 'append', rows: rowsOf('c') }, 1);
    expect(look(client)).toBe(log.expected());
    expect(log.loads).toBe(1);
  });

  it('of a name that nobody declared is a mistake with a name', async () => {
    const view = defineView({ name: 'test.view', state: {}, render: () => html`<ul>${stream('nothing')}</ul>` });
    const all = rig(view);
    expect((await all.get()).status).toBe(500);
    expect(JSON.stringify(all.log)).toContain('view/render-failed');
  });
});
