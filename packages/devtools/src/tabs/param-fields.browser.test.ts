import type { ParamSchema } from '@djust/protocol';
import { expect, it } from 'vitest';
import { describe, type ParamFields, paramFields } from './param-fields.ts';

const SCHEMA: ParamSchema = {
  type: 'object',
  properties: {
    text: { type: 'string', minLength: 2 },
    count: { type: 'integer', minimum: 1, maximum: 3 },
    kind: { enum: ['a', 'b', 3] },
    isOn: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
    note: { type: 'string', default: 'n', isPartial: true },
  },
  required: ['text', 'count', 'kind', 'isOn', 'tags'],
};

function shown(params: Record<string, never> | object): {
  fields: ParamFields;
  control: (name: string) => HTMLInputElement;
} {
  const fields = paramFields(SCHEMA, params as never);
  document.body.replaceChildren(fields.element);
  const control = (name: string): HTMLInputElement => {
    const label = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === name);
    return label?.control as HTMLInputElement;
  };
  return { fields, control };
}

function type(control: HTMLInputElement, value: string): void {
  control.value = value;
  control.dispatchEvent(new Event('input', { bubbles: true }));
}

it('makes a field of its kind for each parameter, filled with the last call', () => {
  const { fields, control } = shown({ text: 'abc', count: 2, kind: 3, isOn: true, tags: ['x'] });
  expect(control('text').type).toBe('text');
  expect([control('count').type, control('count').min, control('count').max]).toEqual(['number', '1', '3']);
  expect(control('kind').localName).toBe('select');
  expect(control('tags').localName).toBe('textarea');
  expect(fields.read()).toEqual({
    params: { text: 'abc', count: 2, kind: 3, isOn: true, tags: ['x'], note: 'n' },
    isGood: true,
  });
});

it('says at the field what is wrong with it, while it is typed', () => {
  const { fields, control } = shown({ text: 'abc', count: 2, kind: 'a', isOn: false, tags: [] });
  for (const [name, value, says] of [
    ['text', 'a', 'shorter than 2 characters'],
    ['count', '7', 'more than 3'],
    ['count', '', 'expected integer, not string'],
    ['tags', '["x", 1]', '/1 expected string, not number'],
    ['tags', 'x', 'expected array of string, not string'],
  ] as const) {
    type(control(name), value);
    expect(control(name).closest('.param')?.querySelector('.fault')?.textContent).toBe(says);
    expect(control(name).getAttribute('aria-invalid')).toBe('true');
    expect(fields.read().isGood).toBe(false);
    type(control(name), { text: 'abc', count: '2', tags: '[]' }[name]);
    expect(control(name).getAttribute('aria-invalid')).toBe('false');
    expect(fields.read().isGood).toBe(true);
  }
});

it('leaves out what may be left out and is not ticked', () => {
  const { fields, control } = shown({});
  const sends = document.querySelector<HTMLInputElement>('[aria-label="send note"]') as HTMLInputElement;
  expect(sends.checked).toBe(true);
  sends.checked = false;
  expect(fields.read().params).not.toHaveProperty('note');
  type(control('note'), 'typed');
  expect([sends.checked, fields.read().params.note]).toEqual([true, 'typed']);
});

it('shows at its field what the server alone found', () => {
  const { fields, control } = shown({});
  expect(fields.blame('/note', 'is taken')).toBe(true);
  expect(control('note').closest('.param')?.querySelector('.fault')?.textContent).toBe('is taken');
  expect(fields.blame('/nothing', 'is taken')).toBe(false);
});

it('describes a parameter in a few words', () => {
  const { text, count, kind, tags, note } = SCHEMA.properties as Record<string, ParamSchema>;
  expect([text, count, kind, tags, note].map((one) => describe(one as ParamSchema))).toEqual([
    'string, at least 2 characters',
    'integer, 1 to 3',
    'one of "a", "b", 3',
    'array of string',
    'string, the server checks more',
  ]);
});
