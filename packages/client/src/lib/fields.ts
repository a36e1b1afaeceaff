import type { Json } from '@djust/protocol';

/** What the server calls a field: `data-field`, its name, or its id without Django's `id_`. */
export function fieldName(element: Element): string | null {
  return element.getAttribute('data-field') || element.getAttribute('name') || element.id.replace(/^id_/, '') || null;
}

/** What a field holds as text; an editable element holds its text. */
export function fieldText(element: Element): string {
  if ('value' in element && typeof element.value === 'string') return element.value;
  return element instanceof HTMLElement && element.isContentEditable ? element.innerText : '';
}

/** The same, but a checkbox is true or false. */
export function fieldValue(element: Element): Json {
  return element instanceof HTMLInputElement && element.type === 'checkbox' ? element.checked : fieldText(element);
}
