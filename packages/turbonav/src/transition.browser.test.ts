import { afterEach, expect, it, vi } from 'vitest';
import { inTransition } from './transition.ts';

function ask(isCalm: boolean): { starts: () => number } {
  document.head.insertAdjacentHTML('beforeend', '<meta name="view-transition" content="same-origin">');
  vi.stubGlobal('matchMedia', () => ({ matches: isCalm }));
  const start = vi.spyOn(document, 'startViewTransition');
  return { starts: () => start.mock.calls.length };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  document.querySelector('meta[name="view-transition"]')?.remove();
});

it('changes the page softly where the page asks for it', async () => {
  const { starts } = ask(false);
  const change = vi.fn();
  await inTransition(change);
  expect([change.mock.calls.length, starts()]).toEqual([1, 1]);
});

it('changes it at once for who wants less motion', async () => {
  const { starts } = ask(true);
  const change = vi.fn();
  await inTransition(change);
  expect([change.mock.calls.length, starts()]).toEqual([1, 0]);
});

it('changes it at once where the page does not ask', async () => {
  const start = vi.spyOn(document, 'startViewTransition');
  const change = vi.fn();
  await inTransition(change);
  expect([change.mock.calls.length, start.mock.calls.length]).toEqual([1, 0]);
});
