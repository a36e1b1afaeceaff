import { createServer, defineView, files, html, listen } from '@djust/server';

const counter = defineView({
  name: 'demo.counter',
  title: 'Counter',
  state: { count: 0 },
  events: {
    decrement: (state) => ({ count: state.count - 1 }),
    increment: (state) => ({ count: state.count + 1 }),
  },
  render: ({ count }) => html`
    <h1>${count}</h1>
    <button dj-click="decrement">One less</button>
    <button dj-click="increment">One more</button>
  `,
});

const server = createServer({ pages: { '/': counter } });
const port = Number(process.env.PORT ?? 8000);
const { origin } = await listen(server, { port, fallback: files({ '/djust/': 'packages/client/dist/' }) });
console.log(`The counter runs at ${origin}`);
