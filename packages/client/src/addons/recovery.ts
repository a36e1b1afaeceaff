import type { JsonObject } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';
import { type Field, isChanged, isTicked } from '../lib/fields.ts';

const FIELDS = ':is(input,textarea,select)';

/**
 * A plain djust server forgets a view when the connection breaks; the page still shows what the user had typed. Once it is
 * mounted anew, each such field tells its value again, and each `dj-auto-recover="event"` all of its own.
 * `dj-no-recover` keeps a field out. @see wire spec 7.6
 */
export const recovery: Feature = {
  name: 'recovery',
  install(context) {
    const { on } = context;
    let isLost = false;
    on('djust:phase-changed', ({ detail: { phase } }) => {
      if (phase === 'waiting') isLost = true;
    });
    on('djust:view-mounted', ({ detail: { root, outcome } }) => {
      if (isLost && outcome === 'mounted') recover(root, context);
      isLost = false;
    });
  },
};

function recover(root: Element, context: FeatureContext): void {
  for (const field of root.querySelectorAll<Field>(`${FIELDS}:is([dj-change],[dj-input])`)) {
    if (field.closest('[dj-no-recover],[dj-auto-recover],[type=file]') || !isChanged(field)) continue;
    const type = field.hasAttribute('dj-change') ? 'change' : 'input';
    field.dispatchEvent(new Event(type, { bubbles: true }));
  }
  for (const element of root.querySelectorAll('[dj-auto-recover]')) {
    const [values, data]: [JsonObject, JsonObject] = [{}, {}];
    for (const field of element.querySelectorAll<Field>(`${FIELDS}[name]`)) {
      const isOff = isTicked(field) && !field.checked;
      if (!isOff && field.type !== 'file') values[field.name] = field.value;
    }
    for (const { name, value } of element.attributes) if (name.startsWith('data-')) data[name.slice(5)] = value;
    const event = element.getAttribute('dj-auto-recover') as string;
    void context.push(event, { _form_values: values, _data_attrs: data }, { element });
  }
}
