import { writeAttribute } from './attributes.ts';

/** The attributes of `to`, but those that belong to the page or to its user. */
export function mergeAttributes(from: Element, to: Element, keepsIds: boolean): void {
  const kept = new Set(from.getAttribute('dj-ignore-attrs')?.split(/[\s,]+/));
  if (keepsIds) kept.add('dj-id');
  if (from instanceof HTMLDetailsElement || from instanceof HTMLDialogElement) kept.add('open');
  if (from instanceof HTMLCanvasElement) kept.add('width').add('height');
  for (const { name } of [...from.attributes, ...to.attributes]) {
    const value = to.getAttribute(name);
    if (!kept.has(name) && from.getAttribute(name) !== value) writeAttribute(from, name, value);
  }
}

/**
 * A field keeps what the user made of it, unless the server changed what it says about it; one that he is in keeps it
 * anyway. To be called before the attributes and children change, and its answer afterwards.
 */
export function mergeField(from: Element, to: Element, isEdited: boolean): () => void {
  if (from instanceof HTMLSelectElement) return mergeChoice(from, to as HTMLSelectElement);
  const isText = from instanceof HTMLTextAreaElement;
  if (!isText && !(from instanceof HTMLInputElement)) return () => {};
  const next = to as HTMLInputElement;
  const isKept = isEdited ? !to.hasAttribute('dj-force-value') : from.defaultValue === next.defaultValue;
  const value = isKept ? from.value : next.value;
  const isOn = !isText && (from.defaultChecked === next.defaultChecked ? from.checked : next.checked);
  return () => {
    // The text of a textarea is its default, not what it shows.
    if (isText && from.defaultValue !== next.defaultValue) from.defaultValue = next.defaultValue;
    if (from.type !== 'file' && from.value !== value) from.value = value;
    if (!isText) from.checked = isOn;
  };
}

function mergeChoice(from: HTMLSelectElement, to: HTMLSelectElement): () => void {
  const defaults = ({ options }: HTMLSelectElement): string =>
    [...options].map((option) => (option.defaultSelected ? `${option.value}\n` : '')).join('');
  const { selectedOptions } = defaults(from) === defaults(to) ? from : to;
  const chosen = [...selectedOptions].map(({ value }) => value);
  return () => {
    for (const option of from.options) {
      if (option.selected !== chosen.includes(option.value)) option.selected = !option.selected;
    }
  };
}
