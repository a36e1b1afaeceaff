import { describe, expect, it } from 'vitest';
import { message, readMessage, textOf } from './messages.ts';

describe('a message', () => {
  it('is read as it was made', () => {
    expect(readMessage(message('prefetch', { url: '/a' }))).toEqual({ djust: 1, type: 'prefetch', url: '/a' });
  });

  it('cannot be given another type by its fields', () => {
    expect(message('version', { type: 'skip-waiting', djust: 2 })).toMatchObject({ type: 'version', djust: 1 });
  });

  it.each([
    undefined,
    null,
    7,
    'skip-waiting',
    [],
    {},
    { type: 'x' },
    { djust: 2, type: 'x' },
    { djust: '1', type: 'x' },
    { djust: 1 },
    { djust: 1, type: 7 },
    { djust: 1, type: 'x'.repeat(65) },
  ])('of somebody else is none: %j', (data) => expect(readMessage(data)).toBeUndefined());

  it('has fields that are texts of a bearable length, or nothing', () => {
    expect([textOf('a'), textOf(7), textOf(undefined), textOf('abc', 2), textOf({ toString: () => 'x' })]).toEqual([
      'a',
      '',
      '',
      '',
      '',
    ]);
  });
});
