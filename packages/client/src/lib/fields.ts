import type { Json } from '@djust/protocol';

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What the author marks, and fields whose content is nobody's business: passwords, cards, one-time codes. Files travel by themselves. */
export const PRIVATE =
  '[data-no-store],[type=password],[autocomplete*=password],[autocomplete*=cc-],[autocomplete*=one-]';

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

export const isTicked = (field: Field): field is HTMLInputElement => /^(checkbox|radio)$/.test(field.type);

/** Does the field show something else than the server's HTML says? */
export function isChanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    // Without a mark the browser chooses the first.
    const isMarked = field.multiple || options.some(({ defaultSelected }) => defaultSelected);
    return options.some((option, at) => option.selected !== (isMarked ? option.defaultSelected : !at));
  }
  if (isTicked(field)) {
    const { checked, defaultChecked } = field;
    return checked !== defaultChecked && (checked || field.type === 'checkbox');
  }
  return field.value !== field.defaultValue;
}
