import type { FieldPolicy } from './live-dom.ts';

/**
 * An attribute is one thing, the property behind it another: what a user typed or ticked lives in the property, and
 * `fields` decides when the server's value may replace it. @see wire spec 5.9
 */
export function setAttribute(element: Element, name: string, value: string | null, fields: FieldPolicy): void {
  if (isOwnedByPage(element, name)) return;
  const apply = (): void => {
    writeAttribute(element, name, value);
    syncProperty(element, name, value);
  };
  // The attribute alone shows through as long as the user has not touched the field, so it waits with the property.
  const field = OF_FIELDS.has(name) && element.closest('input,textarea,select');
  if (field) fields.write(field, apply, element);
  else apply();
}

/** The attribute alone. */
export function writeAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  // A strict CSP refuses the attribute; the style object, which writes the same attribute, it lets pass.
  else if (name === 'style' && 'style' in element) (element as HTMLElement).style.cssText = value;
  else element.setAttribute(name, value);
}

const OF_FIELDS = new Set(['value', 'checked', 'selected']);

/** `dj-ignore-attrs="open, class"`: attributes that scripts of the page look after. */
export function isOwnedByPage(element: Element, name: string): boolean {
  const owned = element.getAttribute('dj-ignore-attrs');
  return owned?.split(',').some((entry) => entry.trim() === name) ?? false;
}

export const hasFocus = (element: Element): boolean => element.ownerDocument.activeElement === element;

function syncProperty(element: Element, name: string, value: string | null): void {
  const isOn = value !== null;
  if (name === 'value' && 'value' in element) {
    // A file input throws on any value but the empty one.
    const text = (element as HTMLInputElement).type === 'file' ? '' : (value ?? '');
    if (element.value !== text) element.value = text;
  } else if (name === 'checked' && element instanceof HTMLInputElement) element.checked = isOn;
  else if (name === 'selected' && element instanceof HTMLOptionElement) element.selected = isOn;
  else if (name === 'muted' && element instanceof HTMLMediaElement) element.muted = isOn;
}

/** The text of a textarea is only its default; what it shows follows when the user lets it. */
export function syncTextarea(parent: Node | null, fields: FieldPolicy): void {
  if (!(parent instanceof HTMLTextAreaElement)) return;
  fields.write(parent, () => {
    if (parent.value !== parent.defaultValue) parent.value = parent.defaultValue;
  });
}
