import { defineView, html } from '@djust/server';
import * as v from 'valibot';

/** A page may ask for anything; the schema decides what reaches the handler, and gives it its type. */
const Step = v.object({ by: v.pipe(v.number(), v.integer(), v.minValue(-10), v.maxValue(10)) });

export const counter = defineView({
  name: 'gallery.counter',
  title: (state) => `${state.count} · Counter`,
  state: { count: 0 },
  // A handler answers the fields that change. What is not listed here cannot be called.
  events: (on) => ({
    reset: () => ({ count: 0 }),
    add: on(Step, (state, { by }) => ({ count: state.count + by })),
  }),
  render: ({ count }) => html`
    <p class="big-number"><output id="count" aria-live="polite">${count}</output></p>
    <div class="buttons" role="group" aria-label="Change the count">
      <button type="button" dj-click="add" data-by:int="-10">−10</button>
      <button type="button" dj-click="add" data-by:int="-1">−1</button>
      <button type="button" class="primary" dj-click="add" data-by:int="1">+1</button>
      <button type="button" class="primary" dj-click="add" data-by:int="10">+10</button>
    </div>
    <p><button type="button" class="quiet" dj-click="reset" disabled=${count === 0}>Reset to zero</button></p>
  `,
});
