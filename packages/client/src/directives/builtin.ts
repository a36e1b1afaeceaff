import type { JsonObject } from '@djust/protocol';
import type { Directive, Rate } from '../context.ts';
import { fieldName, fieldText, fieldValue } from '../lib/fields.ts';

/** Which field set it off, for handlers that serve a whole form. */
const target = (element: Element | null): JsonObject => ({
  _target: element?.getAttribute('name') || element?.id || null,
});

const originOf = (event: Event): Element =>
  event.target instanceof Element ? event.target : (event.currentTarget as Element);

const KEYS: Record<string, string> = { enter: 'Enter', escape: 'Escape', space: ' ' };

const readKey = (element: Element, event: Event): JsonObject => {
  const { key, code } = event as KeyboardEvent;
  const field = originOf(event);
  return { key, code, value: fieldText(field), field: fieldName(field) ?? fieldName(element) };
};

const acceptsKey = (suffix: string, event: Event): boolean => {
  const { key } = event as KeyboardEvent;
  return (KEYS[suffix] ?? key) === key;
};

const readField = (_: Element, event: Event): JsonObject => {
  const field = originOf(event);
  return { value: fieldText(field), field: fieldName(field) };
};

/** The last of several fields with one name wins; files travel by `dj-upload`. */
function readForm(element: Element, event: Event): JsonObject {
  const { submitter } = event as SubmitEvent;
  const params: JsonObject = {};
  const form = element instanceof HTMLFormElement ? element : element.closest('form');
  if (form)
    for (const [name, value] of new FormData(form, submitter)) if (typeof value === 'string') params[name] = value;
  return { ...params, ...target(submitter) };
}

const THROTTLED: Record<string, number> = { range: 150, color: 150, number: 100 };
const AT_ONCE = /^(checkbox|radio|select|file)/;

function inputRate(element: Element): Rate | undefined {
  const type = (element as Partial<HTMLInputElement>).type ?? 'text';
  if (AT_ONCE.test(type)) return undefined;
  const ms = THROTTLED[type];
  return ms ? { kind: 'throttle', ms } : { kind: 'debounce', ms: 300 };
}

/** The directives of the core, with the parameters of the wire. @see wire spec 3.3 */
export const builtin: readonly Directive[] = [
  { attribute: 'dj-click', on: 'click', declared: 'typed', preventsDefault: true },
  {
    attribute: 'dj-submit',
    on: 'submit',

    read: readForm,
    preventsDefault: true,
    carries: 'form',
    hasNoArguments: true,
  },
  {
    attribute: 'dj-change',
    on: 'change',

    carries: 'field',
    read: (_, event) => {
      const field = originOf(event);
      return { value: fieldValue(field), field: fieldName(field), ...target(field) };
    },
  },
  {
    attribute: 'dj-input',
    on: 'input',

    carries: 'field',
    read: (element, event) => ({ ...readField(element, event), ...target(originOf(event)) }),
    defaultRate: inputRate,
  },
  { attribute: 'dj-focus', on: 'focusin', carries: 'field', read: readField },
  { attribute: 'dj-blur', on: 'focusout', carries: 'field', read: readField },
  { attribute: 'dj-keydown', on: 'keydown', carries: 'field', read: readKey, accepts: acceptsKey },
  { attribute: 'dj-keyup', on: 'keyup', carries: 'field', read: readKey, accepts: acceptsKey },
];
