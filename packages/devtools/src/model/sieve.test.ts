import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Ring } from './ring.ts';
import { Sieve } from './sieve.ts';

const acts = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ push: fc.array(fc.nat(99), { maxLength: 30 }) }) },
    { weight: 2, arbitrary: fc.record({ above: fc.nat(99) }) },
    { weight: 1, arbitrary: fc.constant({ clear: true }) },
  ),
  { maxLength: 30 },
);

it('finds what a plain filter finds, whatever comes, goes, or is asked', () => {
  fc.assert(
    fc.property(acts, (steps) => {
      const ring = new Ring<number>(40);
      const sieve = new Sieve<number>();
      let above = 50;
      for (const step of steps) {
        if ('push' in step) for (const number of step.push) ring.push(number);
        if ('above' in step) above = step.above;
        if ('clear' in step) ring.clear();
        const passed = sieve.filter(ring, `${above}`, (number) => number > above);
        expect([...passed]).toEqual(ring.items.filter((number) => number > above));
      }
    }),
  );
});

it('looks at each entry once, and at all again when it is asked something else', () => {
  const ring = new Ring<number>(1_000);
  const sieve = new Sieve<number>();
  let looks = 0;
  const isEven = (number: number): boolean => {
    looks++;
    return number % 2 === 0;
  };
  for (let at = 0; at < 5_000; at++) {
    ring.push(at);
    if (at % 10 === 9) sieve.filter(ring, 'even', isEven);
  }
  expect(looks).toBe(5_000);
  sieve.filter(ring, 'even, another time', isEven);
  expect(looks).toBe(6_000);
});
