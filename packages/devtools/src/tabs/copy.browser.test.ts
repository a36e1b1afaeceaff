import { expect, it } from 'vitest';
import { pathText } from './copy.ts';

it.each<[string[], string]>([
  [['todos', '0', 'text'], 'todos[0].text'],
  [['a b', 'c-d', '$e'], '["a b"]["c-d"].$e'],
  [['quote"s', '01'], '["quote\\"s"]["01"]'],
  [[], ''],
])('writes %j as code', (path, text) => {
  expect(pathText(path)).toBe(text);
});
