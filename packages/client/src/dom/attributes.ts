/**
 * An attribute is one thing, the property behind it another: what a user typed or ticked lives in the property. The
 * server's value reaches a field unless the user is in it. @see wire spec 5.9
 */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (isOwnedByPage(element, name)) return;
  if (value === null) element.removeAttribute(name);
  // A strict CSP refuses the attribute; the style object, which writes the same attribute, it lets pass.
  else if (name === 'style' && 'style' in element) (element as HTMLElement).style.cssText = value;
  else element.setAttribute(name, value);
  syncProperty(element, name, value);
}

/** `dj-ignore-attrs="open, class"`: attributes that scripts of the page look after. */
export function isOwnedByPage(element: Element, name: string): boolean {
  const owned = element.getAttribute('dj-ignore-attrs');
  return owned?.split(',').some((entry) => entry.trim() === name) ?? false;
}

export const hasFocus = (element: Element): boolean => element.ownerDocument.activeElement === element;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function syncProperty(element: Element, name: string, value: string | null): void {
  const isOn = value !== null;
  switch (name) {
    case 'value':
      if ('value' in element && !hasFocus(element)) setValue(element as Field, value ?? '');
      return;
    case 'checked':
      if (element instanceof HTMLInputElement) element.checked = isOn;
      return;
    case 'selected':
      if (element instanceof HTMLOptionElement) element.selected = isOn;
      return;
    case 'muted':
      if (element instanceof HTMLMediaElement) element.muted = isOn;
      return;
    case 'name':
      // A field under another name is another field.
      if ('defaultValue' in element) setValue(element as Field, element.getAttribute('value') ?? '');
  }
}

function setValue(field: Field, value: string): void {
  // A file input throws on any value but the empty one.
  if (field instanceof HTMLInputElement && field.type === 'file' && value !== '') return;
  if (field.value !== value) field.value = value;
}

/** The text of a textarea is only its default; what it shows follows unless the user is in it. */
export function syncTextarea(parent: Node | null): void {
  if (parent instanceof HTMLTextAreaElement && !hasFocus(parent)) parent.value = parent.defaultValue;
}
