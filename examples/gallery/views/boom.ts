import { defineView, html } from '@djust/server';
import * as v from 'valibot';

const Age = v.object({ age: v.pipe(v.number(), v.minValue(0, 'nobody is younger than that')) });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const boom = defineView({
  name: 'gallery.boom',
  title: 'Boom',
  state: { age: 30, isBroken: false, clicks: 0, slow: 0 },
  mount: (ctx) => {
    if (ctx.params.fail === 'mount') throw new Error('This mount fails, and its cause stays on the server.');
  },
  events: (on) => ({
    throw: () => {
      throw new Error('This handler fails, and its cause stays on the server.');
    },
    set_age: on(Age, (_, { age }) => ({ age })),
    break_render: () => ({ isBroken: true }),
    slow: async ({ slow }) => {
      await pause(2000);
      return { slow: slow + 1 };
    },
    click: ({ clicks }) => ({ clicks: clicks + 1 }),
  }),
  render: ({ age, isBroken, clicks, slow }) => {
    if (isBroken) throw new Error('This render fails, and its cause stays on the server.');
    return html`
      <p class="row"><button type="button" class="primary" dj-click="click">Still there?</button>
        <output id="clicks" aria-live="polite">${clicks} times yes</output></p>
      <dl class="booms">
        <div><dt><button type="button" dj-click="throw">A handler throws</button></dt>
          <dd>You see a sentence and a reference; the log has the cause under it. Nothing has changed.</dd></div>
        <div><dt><button type="button" dj-click="set_age" data-age:int="-1">A parameter is refused</button></dt>
          <dd>The schema says no, and the handler does not run. The age is still <output id="age">${age}</output>.</dd></div>
        <div><dt><button type="button" dj-click="no_such_event">An unknown event</button></dt>
          <dd>Only what the view declares can be called.</dd></div>
        <div><dt><button type="button" dj-click="break_render">A render fails</button></dt>
          <dd>The new state is thrown away with it, so the page shows what it showed before.</dd></div>
        <div><dt><button type="button" dj-click="slow" dj-disable-with="Working …">A slow handler</button></dt>
          <dd>It takes two seconds; what you click meanwhile waits its turn. Done <output id="slow">${slow}</output> times.</dd></div>
        <div><dt><a class="button" href="/boom?fail=mount">A mount fails</a></dt>
          <dd>There is no page then, only an error page that says no more than it should.</dd></div>
      </dl>`;
  },
});
