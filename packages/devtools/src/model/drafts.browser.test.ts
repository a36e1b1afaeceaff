import { expect, it } from 'vitest';
import { anEvent } from '../../test/events.ts';
import { draftsOf } from './drafts.ts';

const FORM = `<form>
  <input name="city" value="Rome"><input name="secret" type="password"><input type="checkbox" name="terms">
  <textarea name="note">old</textarea>
  <select name="meal"><option>any</option><option>vegan</option></select>
  <select name="day" multiple><option selected>Mo</option><option>Tu</option></select>
  <input type="hidden" name="csrf" value="x"><input type="range" name="volume"></form>`;

function form(): HTMLFormElement {
  const parsed = new DOMParser().parseFromString(FORM, 'text/html');
  document.body.replaceChildren(...parsed.body.childNodes);
  return document.querySelector('form') as HTMLFormElement;
}

it('knows nothing of a form that is as the server wrote it', () => {
  expect(draftsOf(form(), [])).toEqual([]);
  expect(draftsOf(undefined, [])).toEqual([]);
});

it('weighs what was typed and ticked, and tells no value of it', () => {
  const root = form();
  const field = (name: string): HTMLInputElement => root.elements.namedItem(name) as HTMLInputElement;
  field('city').value = 'Zürich';
  field('secret').value = 'hunter2';
  field('terms').checked = true;
  field('note').value = '';
  (field('meal') as unknown as HTMLSelectElement).selectedIndex = 1;
  field('csrf').value = 'y';
  const drafts = draftsOf(root, []);
  expect(drafts.map(({ key, bytes, grown }) => [key, bytes, grown])).toEqual([
    ['typed: city', 9, 3],
    ['typed: secret', 9, 7],
    ['typed: terms', 4, -1],
    ['typed: note', 2, -3],
    ['typed: meal', 13, 2],
  ]);
  expect(JSON.stringify(drafts)).not.toMatch(/hunter2|rich/);
});

it('weighs the events that wait to be sent', () => {
  const events = [anEvent({ status: 'queued', name: 'add', params: { by: 1 } }), anEvent({ status: 'ok' })];
  expect(draftsOf(undefined, events)).toEqual([{ key: 'waits: add', bytes: 32, grown: 32 }]);
});
