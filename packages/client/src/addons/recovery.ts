import type { JsonObject } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const FIELDS = ['input', 'textarea', 'select'].map((tag) => `${tag}[dj-change],${tag}[dj-input]`).join();

/**
 * A plain djust server forgets a view when the connection breaks; the page still shows what the user had typed. Once it is
 * mounted anew, each such field tells its value again, and each `dj-auto-recover="event"` all of its own.
 * `dj-no-recover` keeps a field out. @see wire spec 7.6
 */
export const recovery: Feature = {
  name: 'recovery',
  install(context) {
    const { on, signal } = context;
    let isLost = false;
    on(
      'djust:phase-changed',
      ({ detail: { phase } }) => {
        if (phase === 'waiting') isLost = true;
      },
      { signal },
    );
    on(
      'djust:view-mounted',
      ({ detail: { root, outcome } }) => {
        if (isLost && outcome === 'mounted') recover(root, context);
        isLost = false;
      },
      { signal },
    );
  },
};

function recover(root: Element, context: FeatureContext): void {
  for (const field of root.querySelectorAll<Field>(FIELDS)) {
    if (field.closest('[dj-no-recover],[dj-auto-recover]') || !isChanged(field)) continue;
    const type = field.hasAttribute('dj-change') ? 'change' : 'input';
    field.dispatchEvent(new Event(type, { bubbles: true }));
  }
  for (const element of root.querySelectorAll('[dj-auto-recover]')) {
    const [values, data]: [JsonObject, JsonObject] = [{}, {}];
    for (const field of element.querySelectorAll<Field>('input[name],textarea[name],select[name]')) {
      const isOff = field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type) && !field.checked;
      if (!isOff && field.type !== 'file') values[field.name] = field.value;
    }
    for (const { name, value } of element.attributes) if (name.startsWith('data-')) data[name.slice(5)] = value;
    const event = element.getAttribute('dj-auto-recover') as string;
    void context.push(event, { _form_values: values, _data_attrs: data }, { element });
  }
}

/** Does the field show something else than the server's HTML says? */
function isChanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement) {
    const marked = [...field.options].filter((option) => option.defaultSelected);
    // Without a mark the browser chooses the first.
    const wanted = marked.length > 0 || field.multiple ? marked : [...field.options].slice(0, 1);
    return field.selectedOptions.length !== wanted.length || wanted.some((option) => !option.selected);
  }
  if (/^(checkbox|radio)$/.test(field.type)) {
    const { checked, defaultChecked } = field as HTMLInputElement;
    return checked !== defaultChecked && (checked || field.type === 'checkbox');
  }
  return field.type !== 'file' && field.value !== field.defaultValue;
}
