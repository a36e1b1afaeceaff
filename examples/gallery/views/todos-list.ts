/** What can happen to a list of todos: plain functions over plain data. */
export type Todo = { id: number; text: string; isDone: boolean };
export type Filter = 'all' | 'active' | 'done';

export const FILTERS: readonly Filter[] = ['all', 'active', 'done'];

export const shown = (todos: readonly Todo[], filter: Filter): Todo[] =>
  todos.filter(({ isDone }) => filter === 'all' || isDone === (filter === 'done'));

export const changed = (todos: readonly Todo[], id: number | null, change: Partial<Todo>): Todo[] =>
  todos.map((todo) => (todo.id === id ? { ...todo, ...change } : todo));

/** Puts the todo `key` in front of the todo `before`, or at the end when there is none of that name. */
export function moved(todos: Todo[], key: string, before: string): { todos: Todo[]; said: string } {
  const todo = todos.find(({ id }) => String(id) === key);
  const others = todos.filter((other) => other !== todo);
  const found = others.findIndex(({ id }) => String(id) === before);
  const at = found < 0 ? others.length : found;
  if (!todo) return { todos, said: '' };
  return { todos: others.toSpliced(at, 0, todo), said: `${todo.text}: now number ${at + 1} of ${todos.length}` };
}
