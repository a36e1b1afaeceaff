import { defineView, html, repeat } from '@djust/server';
import * as v from 'valibot';
import { changed, FILTERS, type Filter, moved, shown, type Todo } from './todos-list.ts';
import { newField, row } from './todos-row.ts';

type State = { todos: Todo[]; filter: Filter; editing: number | null; nextId: number; said: string };

const start = ['Read the source of this page', 'Open it in a second tab', 'Stop the server and start it again'];
const Text = v.pipe(v.string(), v.trim(), v.maxLength(200));
const Id = v.object({ id: v.number() });

/** An empty text changes nothing. Whoever leaves the field after Escape finds that nothing is edited any more. */
const rename = ({ todos, editing }: State, text: string): Partial<State> =>
  editing === null ? {} : { editing: null, todos: text === '' ? todos : changed(todos, editing, { text }) };

export const todos = defineView({
  name: 'gallery.todos',
  title: ({ todos }) => `${shown(todos, 'active').length} to do · Todos`,
  state: { todos: [], filter: 'all', editing: null, nextId: 1, said: '' } as State,
  mount: () => ({ todos: start.map((text, at) => ({ id: at + 1, text, isDone: at === 0 })), nextId: start.length + 1 }),
  events: (on) => ({
    add: on(v.object({ text: Text }), ({ todos, nextId: id }, { text }) =>
      text === '' ? {} : { todos: [...todos, { id, text, isDone: false }], nextId: id + 1 },
    ),
    toggle: on(v.object({ id: v.number(), value: v.boolean() }), ({ todos }, { id, value }) => ({
      todos: changed(todos, id, { isDone: value }),
    })),
    edit: on(Id, (_, { id }) => ({ editing: id })),
    save: on(v.object({ text: Text }), (state, { text }) => rename(state, text)),
    leave: on(v.object({ value: Text }), (state, { value }) => rename(state, value)),
    cancel: () => ({ editing: null }),
    remove: on(Id, ({ todos }, { id }) => ({ todos: todos.filter((todo) => todo.id !== id) })),
    show: on(v.object({ filter: v.picklist(FILTERS) }), (_, { filter }) => ({ filter })),
    clear_done: ({ todos }) => ({ todos: shown(todos, 'active') }),
    move: on(v.object({ key: v.string(), before: v.string() }), ({ todos }, { key, before }) =>
      moved(todos, key, before),
    ),
  }),
  render: ({ todos, filter, editing, nextId, said }) => html`
    <form class="row" dj-submit="add">
      <label for="new-todo">What needs doing?</label>
      ${repeat([nextId], (id) => id, newField)}
      <button class="primary">Add</button>
    </form>
    <p class="sr-only" role="status">${said}</p>
    <ul class="todos" dj-reorder="move" aria-label="Todos">
      ${repeat(
        shown(todos, filter),
        ({ id }) => id,
        (todo) => row(todo, todo.id === editing),
      )}
    </ul>
    <footer class="bar">
      <span role="status">${shown(todos, 'active').length} of ${todos.length} to do</span>
      <span class="choice" role="group" aria-label="Show">
        ${FILTERS.map((name) => html`<button type="button" dj-click="show" data-filter=${name} aria-pressed=${name === filter}>${name}</button>`)}
      </span>
      <button type="button" class="quiet" dj-click="clear_done" disabled=${!todos.some(({ isDone }) => isDone)}>Clear done</button>
    </footer>
  `,
});
