import { defineView, html, repeat, stream } from '@djust/server';
import * as v from 'valibot';

const TOTAL = 100_000;
const MOST = 200;
const HEIGHT = 32;

/** A row is worked out of its number, as a database would look it up. */
const COLOURS = ['amber', 'blue', 'coral', 'green', 'ivory', 'lilac', 'navy', 'plum', 'rose', 'teal'];
const THINGS = ['anchor', 'basket', 'candle', 'drum', 'feather', 'kettle', 'lantern', 'mirror', 'spool', 'violin'];
const nameOf = (id: number): string => `${COLOURS[(id * 7) % 10]} ${THINGS[Math.floor(id / 10) % 10]} ${id + 1}`;

interface Entry {
  id: number;
  text: string;
}

const Range = v.object({
  from: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(TOTAL)),
  count: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
const Id = v.object({ id: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(TOTAL - 1)) });

const row = (id: number) => html`
  <li aria-posinset=${id + 1} aria-setsize=${TOTAL}><span class="number">${(id + 1).toLocaleString('en')}</span> ${nameOf(id)}
    <button type="button" class="plain" dj-click="take" data-id:int=${id} aria-label="Take the ${nameOf(id)}">Take</button></li>`;

const entry = ({ text }: Entry) => html`<li>${text}</li>`;

export const long = defineView({
  name: 'gallery.long',
  title: 'Long lists',
  state: { from: 0, count: 60, taken: 0 },
  // What was taken is on the page and nowhere else; a real app would look the last hundred up.
  streams: { log: { load: (): Entry[] => [], key: ({ id }: Entry) => id, render: entry, limit: 100 } },
  events: (on) => ({
    window: on(Range, (_, { from, count }) => ({ from, count: Math.min(count, MOST, TOTAL - from) })),
    take: on(Id, ({ taken }, { id }, ctx) => {
      ctx.stream<Entry>('log').prepend({ id: taken, text: `You took the ${nameOf(id)}.` });
      return { taken: taken + 1 };
    }),
    take_many: ({ taken }, _, ctx) => {
      const entries = Array.from({ length: 1000 }, (_, at) => taken + 999 - at);
      ctx.stream<Entry>('log').prepend(...entries.map((id) => ({ id, text: `You took the ${nameOf(id % TOTAL)}.` })));
      return { taken: taken + 1000 };
    },
  }),
  render: ({ from, count, taken }) => html`
    <h2 id="things">${TOTAL.toLocaleString('en')} things</h2>
    <div class="window" dj-virtual="window" dj-virtual-total=${TOTAL} dj-virtual-from=${from} dj-virtual-count=${count}
      dj-virtual-item-height=${HEIGHT} tabindex="0" role="region" aria-labelledby="things">
      <ul>${repeat(
        Array.from({ length: count }, (_, at) => from + at),
        (id) => id,
        row,
        [],
      )}</ul>
    </div>
    <h2 id="log-title">What you took</h2>
    <p class="row"><button type="button" dj-click="take_many">Take a thousand</button>
      <output id="taken">${taken.toLocaleString('en')} taken; the last hundred are here.</output></p>
    <div class="window low" tabindex="0" role="log" aria-labelledby="log-title"><ol>${stream('log')}</ol></div>`,
});
