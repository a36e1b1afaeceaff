import { expectedOf, type Json, type JsonObject, type ParamSchema, paramFault } from '@djust/protocol';
import { h } from '../ui/dom.ts';

/** The parameters of an event as fields. */
export interface ParamFields {
  readonly element: HTMLElement;
  /** What the fields say, and whether all of it may pass. Faults are shown at their fields. */
  read(): { readonly params: JsonObject; readonly isGood: boolean };
  /** Shows a fault that was found elsewhere; false when no field has this pointer. */
  blame(at: string, says: string): boolean;
}

interface Field {
  readonly row: HTMLElement;
  /** Undefined: the parameter is left out. */
  value(): Json | undefined;
  tell(says: string): void;
}

/** One control of the right kind for each parameter. */
export function paramFields(schema: ParamSchema, params: JsonObject): ParamFields {
  const { properties = {}, required = [] } = schema;
  const fields = new Map<string, Field>();
  for (const [name, property] of Object.entries(properties)) {
    const preset = Object.hasOwn(params, name) ? params[name] : property.default;
    fields.set(name, field({ name, property, preset, isRequired: required.includes(name) }));
  }
  return {
    element: h('div.params', {}, ...[...fields.values()].map(({ row }) => row)),
    read() {
      const values: [string, Json][] = [];
      let isGood = true;
      for (const [name, one] of fields) {
        const value = one.value();
        if (value !== undefined) values.push([name, value]);
        isGood = check(one, properties[name] as ParamSchema, required.includes(name)) && isGood;
      }
      return { params: Object.fromEntries(values), isGood };
    },
    blame(at, says) {
      const [, name = '', ...rest] = at.split('/');
      fields.get(name)?.tell(rest.length > 0 ? `/${rest.join('/')} ${says}` : says);
      return fields.has(name);
    },
  };
}

function check(one: Field, property: ParamSchema, isRequired: boolean): boolean {
  const value = one.value();
  const fault = value === undefined && !isRequired ? undefined : paramFault(property, value);
  one.tell(fault ? `${fault.at} ${fault.says}`.trim() : '');
  return !fault;
}

interface FieldSpec {
  readonly name: string;
  readonly property: ParamSchema;
  readonly preset: Json | undefined;
  readonly isRequired: boolean;
}

let count = 0;

function field(spec: FieldSpec): Field {
  const { name, property, preset, isRequired } = spec;
  const id = `param-${++count}`;
  const control = controlFor(property, preset, { id, 'aria-describedby': `${id}-type ${id}-fault` });
  const fault = h('span.fault', { id: `${id}-fault` });
  // What may be left out is sent when it is ticked, or filled in.
  const sends = isRequired
    ? undefined
    : h('input', { type: 'checkbox', checked: preset !== undefined, 'aria-label': `send ${name}` });
  const value = (): Json | undefined => (sends && !sends.checked ? undefined : control.value());
  const tell = (says: string): void => {
    fault.textContent = says;
    control.element.setAttribute('aria-invalid', String(says !== ''));
  };
  const self: Field = {
    value,
    tell,
    row: h(
      'div.param',
      {},
      h('label', { for: id }, h('b.mono', {}, name)),
      h('span.soft', { id: `${id}-type` }, describe(property), isRequired ? '' : ', optional'),
      h('span.entry', {}, sends, control.element),
      fault,
    ),
  };
  control.element.addEventListener('input', () => {
    if (sends) sends.checked = true;
    check(self, property, isRequired);
  });
  sends?.addEventListener('change', () => check(self, property, isRequired));
  return self;
}

interface Control {
  readonly element: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
  value(): Json | undefined;
}

function controlFor(property: ParamSchema, preset: Json | undefined, props: Record<string, unknown>): Control {
  if (property.enum) return choice(property.enum, preset, props);
  switch (property.type) {
    case 'boolean':
      return choice([true, false], preset ?? false, props);
    case 'number':
    case 'integer':
      return numberField(property, preset, props);
    case 'string': {
      const element = h('input', { type: 'text', value: typeof preset === 'string' ? preset : '', ...props });
      return { element, value: () => element.value };
    }
    default:
      return jsonField(preset, props);
  }
}

function choice(all: readonly Json[], preset: Json | undefined, props: Record<string, unknown>): Control {
  const texts = all.map((one) => JSON.stringify(one));
  const element = h('select', props, ...all.map((one, at) => h('option', { value: at }, String(one))));
  element.selectedIndex = Math.max(0, texts.indexOf(JSON.stringify(preset)));
  return { element, value: () => all[element.selectedIndex] };
}

function numberField(property: ParamSchema, preset: Json | undefined, props: Record<string, unknown>): Control {
  const { minimum, maximum, multipleOf, type } = property;
  const element = h('input', {
    type: 'number',
    min: minimum,
    max: maximum,
    step: multipleOf ?? (type === 'integer' ? 1 : 'any'),
    value: typeof preset === 'number' ? preset : (minimum ?? 0) > 0 ? minimum : 0,
    ...props,
  });
  // An empty field, or half a number, is a text, which no number may be.
  return { element, value: () => (Number.isNaN(element.valueAsNumber) ? element.value : element.valueAsNumber) };
}

/** Lists, objects, and what may be of several kinds. */
function jsonField(preset: Json | undefined, props: Record<string, unknown>): Control {
  const element = h('textarea', { spellcheck: 'false', rows: 2, ...props });
  element.value = preset === undefined ? '' : JSON.stringify(preset);
  const value = (): Json | undefined => {
    try {
      return JSON.parse(element.value) as Json;
    } catch {
      // As a text it is what it is: most often not what is wanted.
      return element.value === '' ? undefined : element.value;
    }
  };
  return { element, value };
}

/** The kind of a parameter and its limits: `integer, −10 to 10`. */
export function describe(property: ParamSchema): string {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern, isPartial } = property;
  return [
    property.enum ? 'one of' : expectedOf(property),
    property.enum && expectedOf(property).replaceAll(' or ', ', '),
    range(minimum, maximum, ''),
    range(minLength, maxLength, ' characters'),
    range(minItems, maxItems, ' items'),
    pattern && `/${pattern}/`,
    isPartial && 'the server checks more',
  ]
    .filter(Boolean)
    .join(', ')
    .replace('one of, ', 'one of ');
}

const signed = (value: number): string => String(value).replace('-', '−');

function range(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  if (least !== undefined && most !== undefined) return `${signed(least)} to ${signed(most)}${unit}`;
  if (least !== undefined) return `at least ${signed(least)}${unit}`;
  return most === undefined ? undefined : `at most ${signed(most)}${unit}`;
}
