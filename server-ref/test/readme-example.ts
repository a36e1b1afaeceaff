import { createServer, defineView, html, listen, on, repeat } from '@djust/server';
import * as v from 'valibot';

interface Todo {
  id: number;
  text: string;
}

const todos = defineView({
  name: 'demo.todos',
  state: { items: [] as Todo[] },
  events: {
    add: on(v.object({ text: v.pipe(v.string(), v.minLength(1)) }), (state: { items: Todo[] }, { text }) => ({
      items: [...state.items, { id: state.items.length, text }],
    })),
    clear: () => ({ items: [] }),
  },
  render: ({ items }) => html`
    <form dj-submit="add"><input name="text"><button>Add</button></form>
    <ul>${repeat(
      items,
      (item) => item.id,
      (item) => html`<li>${item.text}</li>`,
    )}</ul>
    <button dj-click="clear" disabled=${items.length === 0}>Clear</button>
  `,
});

const server = createServer({ pages: { '/': todos } });
export const listening = await listen(server, { port: Number(process.env.PORT ?? 3000) });
