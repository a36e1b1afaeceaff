import { describe, expect, it } from 'vitest';
import { defineView, on } from './define-view.ts';
import { html } from './html.ts';
import type { StandardSchema } from './standard-schema.ts';
import { issuePointer } from './standard-schema.ts';

const render = () => html`<p></p>`;

describe('a view', () => {
  it.each(['cart', '', 'shop.', '.cart', 'shop..cart', '1.a', 'shop.cart\n', 'shop/cart', '__proto__'])(
    'may not be called %j',
    (name) => {
      expect(() => defineView({ name, state: {}, render })).toThrow(TypeError);
    },
  );

  it.each(['Add', 'add-item', '', '1st', 'add item', '__proto__', 'constructor$'])(
    'may not have an event %j',
    (name) => {
      expect(() => defineView({ name: 'a.b', state: {}, events: { [name]: () => {} }, render })).toThrow(TypeError);
    },
  );

  it('knows only the events that were declared', () => {
    const view = defineView({ name: 'a.b', state: {}, events: { add: () => {} }, render });
    expect([...view.events.keys()]).toEqual(['add']);
    for (const name of ['constructor', 'toString', '__proto__', 'get', 'size'])
      expect(view.events.get(name)).toBeUndefined();
  });

  it('takes a bare function as an event without parameters', () => {
    const handle = (): void => {};
    expect(defineView({ name: 'a.b', state: {}, events: { add: handle }, render }).events.get('add')).toEqual({
      schema: undefined,
      handle,
    });
  });
});

it('an event with parameters keeps its schema, handler and options together', () => {
  const schema = {
    '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
  } as StandardSchema;
  const handle = (): void => {};
  const allow = (): boolean => true;
  expect(on(schema, handle, { allow })).toEqual({ schema, handle, allow });
});

it('an issue is found by its JSON pointer', () => {
  expect(issuePointer({ message: '' })).toBe('');
  expect(issuePointer({ message: '', path: ['items', 0, { key: 'name' }] })).toBe('/items/0/name');
  expect(issuePointer({ message: '', path: ['a/b', 'c~d'] })).toBe('/a~1b/c~0d');
});
