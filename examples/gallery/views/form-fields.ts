import * as v from 'valibot';

/** What a field may hold on its way to being right: a half-typed address is a value too. */
export type Value = string | boolean | string[];
export type Values = Record<string, Value>;

const text = (least: number, message: string) =>
  v.pipe(v.string(), v.trim(), v.minLength(least, message), v.maxLength(500));
const number = (from: number, to: number) =>
  v.pipe(
    v.string(),
    v.transform(Number),
    v.integer('Give a whole number'),
    v.minValue(from, `At least ${from}`),
    v.maxValue(to, `At most ${to}`),
  );

export const MEALS = ['everything', 'vegetarian', 'vegan'] as const;
export const DAYS = ['Thursday', 'Friday', 'Saturday'] as const;
export const TOPICS = ['Patches', 'Sessions', 'Service workers', 'Templates', 'Testing'] as const;

/** What a right answer looks like, field by field. */
export const Registration = v.object({
  name: text(2, 'Give your name, two letters at least'),
  email: v.pipe(v.string(), v.trim(), v.email('Give an address like ada@example.org')),
  password: v.pipe(v.string(), v.minLength(8, 'Eight characters at least'), v.regex(/\d/, 'One of them a digit')),
  guests: number(0, 5),
  experience: number(0, 10),
  colour: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/, 'Choose a colour')),
  date: v.pipe(v.string(), v.isoDate('Choose a day')),
  time: v.pipe(v.string(), v.isoTime('Choose a time')),
  meal: v.picklist(MEALS, 'Choose one'),
  day: v.picklist(DAYS, 'Choose a day'),
  topics: v.pipe(v.array(v.picklist(TOPICS)), v.minLength(1, 'Choose one at least')),
  note: v.pipe(v.string(), v.maxLength(200, 'At most 200 characters')),
  about: v.pipe(v.string(), v.maxLength(200, 'At most 200 characters')),
  terms: v.literal(true, 'Please agree to this'),
});

export const FIELDS = Object.keys(Registration.entries);

export const EMPTY: Values = {
  ...Object.fromEntries(FIELDS.map((name) => [name, ''])),
  guests: '0',
  experience: '5',
  colour: '#0f766e',
  topics: [],
  terms: false,
};

/** The first thing that is wrong with each field; a field that is right is not listed. */
export function faults(values: Values): Record<string, string> {
  const result = v.safeParse(Registration, values);
  const found = result.success ? {} : (v.flatten<typeof Registration>(result.issues).nested ?? {});
  return Object.fromEntries(Object.entries(found).map(([name, messages]) => [name, messages?.[0] ?? '']));
}

/** How a value is shown in the summary. A password is never sent back. */
export function told(name: string, value: Value | undefined): string {
  if (name === 'password') return '•'.repeat(String(value ?? '').length) || '–';
  if (Array.isArray(value)) return value.join(', ') || '–';
  return String(value ?? '').trim() || '–';
}
