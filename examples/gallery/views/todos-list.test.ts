import { expect, test } from 'vitest';
import { changed, moved, shown, type Todo } from './todos-list.ts';

const todo = (id: number, isDone = false): Todo => ({ id, text: `todo ${id}`, isDone });
const three = [todo(1), todo(2, true), todo(3)];
const order = (key: string, before: string): number[] => moved(three, key, before).todos.map(({ id }) => id);

test('a todo moves in front of another one, or to the end', () => {
  expect(order('3', '1')).toEqual([3, 1, 2]);
  expect(order('1', '3')).toEqual([2, 1, 3]);
  expect(order('1', '')).toEqual([2, 3, 1]);
  expect(moved(three, '3', '1').said).toBe('todo 3: now number 1 of 3');
});

test('a move of what is not there changes nothing', () => {
  expect(moved(three, '9', '1')).toEqual({ todos: three, said: '' });
  expect(order('2', '2')).toEqual([1, 3, 2]);
});

test('a filter shows a part of the list', () => {
  expect(shown(three, 'all')).toEqual(three);
  expect(shown(three, 'active').map(({ id }) => id)).toEqual([1, 3]);
  expect(shown(three, 'done').map(({ id }) => id)).toEqual([2]);
});

test('a change makes one new todo and leaves the others as they are', () => {
  const after = changed(three, 2, { isDone: false });
  expect(after[1]).toEqual(todo(2));
  expect(after[0]).toBe(three[0]);
});
