import { expect, test } from 'vitest';
import { EMPTY, faults, told, type Values } from './form-fields.ts';

const RIGHT: Values = {
  name: 'Ada',
  email: 'ada@example.org',
  password: 'secret-1815',
  guests: '2',
  experience: '7',
  colour: '#ff8800',
  date: '2027-03-04',
  time: '09:30',
  meal: 'vegan',
  day: 'Friday',
  topics: ['Patches'],
  note: '',
  about: '',
  terms: true,
};

test('right answers have no faults', () => {
  expect(faults(RIGHT)).toEqual({});
});

test.each([
  ['name', 'A'],
  ['email', 'ada@example'],
  ['password', 'no digits here'],
  ['guests', '6'],
  ['guests', 'two'],
  ['guests', '1.5'],
  ['colour', 'red'],
  ['date', '4 March'],
  ['meal', 'stones'],
  ['topics', []],
  ['note', 'x'.repeat(201)],
  ['terms', false],
])('%s: %j is one fault, and has a sentence', (name, value) => {
  const found = faults({ ...RIGHT, [name]: value });
  expect(Object.keys(found)).toEqual([name]);
  expect(found[name]).not.toBe('');
});

test('an empty form has a fault in every field that is needed', () => {
  expect(Object.keys(faults(EMPTY)).sort()).toEqual(
    ['date', 'day', 'email', 'meal', 'name', 'password', 'terms', 'time', 'topics'].sort(),
  );
});

test('a password is never told', () => {
  expect(told('password', 'secret')).toBe('••••••');
});
