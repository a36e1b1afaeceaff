import type { DebugEvent } from './entries.ts';

/** Something that the page holds and the server has not: its size as JSON, and what stood there before. */
export interface Draft {
  readonly key: string;
  readonly bytes: number;
  readonly grown: number;
}

const FIELDS = 'input:not([type="submit"], [type="button"], [type="hidden"], [type="file"]), textarea, select';
const MOST = 100;

/** What was typed or ticked and is not what the server wrote, and the events that wait to be sent. Sizes, no values. */
export function draftsOf(root: Element | undefined, events: readonly DebugEvent[]): Draft[] {
  const drafts: Draft[] = [];
  for (const field of root?.querySelectorAll(FIELDS) ?? []) {
    const [now, before] = valuesOf(field);
    if (now === before || drafts.length >= MOST) continue;
    drafts.push({ key: `typed: ${nameOf(field)}`, bytes: sizeOf(now), grown: sizeOf(now) - sizeOf(before) });
  }
  const waiting = events.filter(({ status }) => status === 'queued').slice(-MOST);
  for (const { name, params } of waiting) {
    const bytes = sizeOf({ name, params });
    drafts.push({ key: `waits: ${name}`, bytes, grown: bytes });
  }
  return drafts;
}

function valuesOf(field: Element): [now: unknown, before: unknown] {
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    const chosen = (test: (option: HTMLOptionElement) => boolean): string =>
      JSON.stringify(options.filter(test).map(({ value }) => value));
    const first = options.some(({ defaultSelected }) => defaultSelected) || field.multiple ? undefined : options[0];
    return [chosen(({ selected }) => selected), chosen((one) => one.defaultSelected || one === first)];
  }
  if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type))
    return [field.checked, field.defaultChecked];
  const { value, defaultValue } = field as HTMLInputElement | HTMLTextAreaElement;
  return [
    value,
    field instanceof HTMLInputElement && field.type === 'range' && defaultValue === '' ? value : defaultValue,
  ];
}

const nameOf = (field: Element): string => field.getAttribute('name') || field.id || field.localName;

const encoder = new TextEncoder();
const sizeOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length;
