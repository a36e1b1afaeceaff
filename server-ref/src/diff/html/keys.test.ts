import { expect, it } from 'vitest';
import { KeyBook } from './keys.ts';

it('gives one object to all that have the same key', () => {
  const keys = new KeyBook();
  expect(keys.named('li 1')).toBe(keys.named('li 1'));
  expect(keys.named('li 1')).not.toBe(keys.named('li 2'));
});

it('forgets keys that are not in use, and keeps the objects of the others', () => {
  const keys = new KeyBook();
  const kept = keys.named('li kept');
  for (let at = 0; at < 10_000; at++) {
    keys.named(`li ${at}`);
    keys.tidy((keep) => keep(kept));
  }
  expect(keys.size).toBeLessThan(100);
  expect(keys.named('li kept')).toBe(kept);
});
