import type { Json } from '@djust/protocol';
import type { Feature, Rate } from '../context.ts';
import { fieldValue } from '../lib/fields.ts';

const AT_ONCE = /^(checkbox|radio|select.*|file|range|color|date|time)$/;

/**
 * `dj-model="field"`: the field and the view's state are one. `dj-model.lazy` waits for the change event,
 * `dj-model.debounce-300` for a pause. Listens on the document, so fields that a patch brings are bound as well.
 */
export const model: Feature = {
  name: 'model',
  install(context) {
    const listen = (event: Event): void => {
      const field = event.target;
      if (!(field instanceof Element) || !context.root()?.contains(field)) return;
      const binding = bindingOf(field);
      if (!binding) return;
      const type = (field as Partial<HTMLInputElement>).type ?? '';
      // A tick fires input and change; one of them is enough.
      const expected = binding.isLazy || AT_ONCE.test(type) ? 'change' : 'input';
      if (event.type !== expected) return;
      const params = { field: binding.name, value: modelValue(field) };
      context.pushLater('update_model', params, { element: field, carries: [field], rate: binding.rate });
    };
    document.addEventListener('input', listen, { signal: context.signal });
    document.addEventListener('change', listen, { signal: context.signal });
  },
};

interface Binding {
  name: string;
  isLazy: boolean;
  rate: Rate | undefined;
}

function bindingOf(field: Element): Binding | undefined {
  for (const { name, value } of field.attributes) {
    if (name !== 'dj-model' && !name.startsWith('dj-model.')) continue;
    const pause = /\.debounce-(\d+)/.exec(name)?.[1];
    return {
      name: value,
      isLazy: name.includes('.lazy'),
      rate: pause === undefined ? undefined : { kind: 'debounce', ms: Number(pause) },
    };
  }
  return undefined;
}

function modelValue(field: Element): Json {
  if (field instanceof HTMLSelectElement && field.multiple) return [...field.selectedOptions].map(({ value }) => value);
  return fieldValue(field);
}
