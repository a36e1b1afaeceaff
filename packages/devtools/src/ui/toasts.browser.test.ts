import { expect, it } from 'vitest';
import { TestClock } from '../../test/clock.ts';
import { Toasts } from './toasts.ts';

it('says at most one thing in five seconds, and how much it did not say', () => {
  const clock = new TestClock();
  const toasts = new Toasts(clock, () => {});
  for (let at = 0; at < 499; at++) {
    toasts.say('<img src=x onerror=alert(1)>');
    clock.pass(10);
  }
  expect(toasts.shown).toBe(1);
  clock.pass(5_000);
  expect(toasts.shown).toBe(2);
  expect(toasts.element.textContent).toContain('and 497 more');
  expect(toasts.element.textContent).toContain('<img');
  expect(toasts.element.querySelector('img')).toBeNull();
});
