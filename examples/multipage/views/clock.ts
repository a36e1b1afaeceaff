import { defineView, html } from '@djust/server';

const time = (): string => new Date().toISOString().slice(11, 19);

export const clock = defineView({
  name: 'site.clock',
  title: 'Clock',
  state: { now: time() },
  mount: () => ({ now: time() }),
  tick: { everyMs: 1000, handle: () => ({ now: time() }) },
  render: ({ now }) => html`<h1>Clock</h1><p><time id="now">${now}</time> UTC</p>`,
});
