import { defineView, html } from '@djust/server';

export const counter = defineView({
  name: 'site.counter',
  title: 'Counter',
  state: { count: 0 },
  events: {
    more: ({ count }) => ({ count: count + 1 }),
    less: ({ count }) => ({ count: count - 1 }),
  },
  render: ({ count }) => html`
    <h1>Counter</h1>
    <p><output id="count">${count}</output></p>
    <p><button dj-click="less">Less</button> <button dj-click="more">More</button></p>`,
});
