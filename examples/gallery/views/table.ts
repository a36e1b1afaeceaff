import { defineView, html, repeat } from '@djust/server';
import * as v from 'valibot';
import { MOST_ROWS, makeRows, type Row, shuffled, swapped, updated } from './table-rows.ts';

type State = { rows: Row[]; selected: number | null; nextId: number; shuffles: number };

const Count = v.object({ count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)) });
const Every = v.object({ every: v.pipe(v.number(), v.integer(), v.minValue(1)) });
const Id = v.object({ id: v.number() });

const fresh = (count: number, nextId: number): Partial<State> => ({
  rows: makeRows(count, nextId),
  nextId: nextId + count,
  selected: null,
});

const row = ({ id, label }: Row, isSelected: boolean) => html`
  <tr aria-current=${isSelected ? 'true' : null}>
    <td class="number">${id}</td>
    <td><button type="button" class="plain" dj-click="select" data-id:int=${id}>${label}</button></td>
    <td><button type="button" class="icon" dj-click="remove" data-id:int=${id} aria-label="Remove row ${id}">✕</button></td>
  </tr>`;

export const table = defineView({
  name: 'gallery.table',
  title: ({ rows }) => `${rows.length} rows · Table`,
  state: { rows: [], selected: null, nextId: 1, shuffles: 0 } as State,
  mount: (ctx) => fresh(Math.min(Number.parseInt(ctx.params.rows ?? '', 10) || 0, 10_000), 1),
  events: (on) => ({
    create: on(Count, ({ nextId }, { count }) => fresh(count, nextId)),
    append: on(Count, ({ rows, nextId }, { count }) =>
      rows.length + count > MOST_ROWS ? {} : { rows: [...rows, ...makeRows(count, nextId)], nextId: nextId + count },
    ),
    update: on(Every, ({ rows }, { every }) => ({ rows: updated(rows, every) })),
    select: on(Id, (_, { id }) => ({ selected: id })),
    remove: on(Id, ({ rows }, { id }) => ({ rows: rows.filter((row) => row.id !== id) })),
    swap: ({ rows }) => ({ rows: swapped(rows) }),
    shuffle: ({ rows, shuffles }) => ({ rows: shuffled(rows, shuffles), shuffles: shuffles + 1 }),
    clear: () => ({ rows: [], selected: null }),
  }),
  render: ({ rows, selected }) => html`
    <div class="buttons tools" role="group" aria-label="Change the table">
      <button type="button" dj-click="create" data-count:int="1000">Create 1,000</button>
      <button type="button" dj-click="create" data-count:int="10000">Create 10,000</button>
      <button type="button" dj-click="append" data-count:int="1000">Append 1,000</button>
      <button type="button" dj-click="update" data-every:int="10">Update every 10th</button>
      <button type="button" dj-click="update" data-every:int="100">Update every 100th</button>
      <button type="button" dj-click="swap">Swap two</button>
      <button type="button" dj-click="shuffle">Shuffle</button>
      <button type="button" dj-click="clear">Clear</button>
    </div>
    <p class="bar" role="status">${rows.length.toLocaleString('en')} rows${selected === null ? '' : `, row ${selected} is selected`}</p>
    <table class="rows">
      <caption class="sr-only">Rows</caption>
      <thead><tr><th scope="col" class="number">No.</th><th scope="col">Label</th><th scope="col"><span class="sr-only">Remove</span></th></tr></thead>
      <tbody>${repeat(
        rows,
        ({ id }) => id,
        (one) => row(one, one.id === selected),
        [selected],
      )}</tbody>
    </table>`,
});
