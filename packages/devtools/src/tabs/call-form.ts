import { type JsonObject, type ParamSchema, paramFault } from '@djust/protocol';
import type { PanelContext } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { json } from '../ui/format.ts';
import { type ParamFields, paramFields } from './param-fields.ts';

export interface Callable {
  readonly name: string;
  readonly hasSchema: boolean;
  readonly schema?: ParamSchema | undefined;
}

/** Parameters, or nothing when they were refused; why is shown then. */
type Read = () => JsonObject | undefined;

/**
 * Calls a handler as the page does. What its schema tells is checked here; then the server is asked whether it would take
 * the parameters, which makes the same check first. Only what both let pass is sent.
 */
export function callForm(context: PanelContext, handler: Callable, last: JsonObject): HTMLElement {
  const { name, hasSchema } = handler;
  const said = h('p', { role: 'status' });
  const box = h('div');
  const input = parameters(handler, last, said);
  box.append(input.element);
  const checked = async (): Promise<JsonObject | undefined> => {
    said.textContent = '';
    const params = input.read();
    if (!params || !hasSchema || !context.link.isSubscribed) return params;
    const answer = await context.link.request({ type: 'dev:check', event: name, params });
    const fault = answer.ok ? answer.frame.fault : answer.reason;
    if (!fault) return params;
    said.textContent = String(fault);
    input.blame(String(fault));
    return undefined;
  };
  const check = button(
    'Check',
    async () => {
      if (await checked()) said.textContent = 'The server would take it.';
    },
    { hidden: !hasSchema || !context.link.isSubscribed },
  );
  const call = async (): Promise<void> => {
    const params = await checked();
    if (params) said.textContent = await context.replay({ name, params });
  };
  // No form element: what a page does with forms is not for the panel's.
  const onkeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    void call();
  };
  return h(
    'div',
    { onkeydown },
    box,
    h(
      'div.actions',
      {},
      button('Call', () => void call()),
      check,
      input.toggle,
    ),
    said,
  );
}

interface Input {
  readonly element: HTMLElement;
  readonly toggle: HTMLElement | null;
  readonly read: Read;
  /** Marks the field that a fault of the server is about. */
  blame(fault: string): void;
}

/** Fields, or the same as JSON, for whoever wants to send what no field would take. */
function parameters({ name, hasSchema, schema }: Callable, last: JsonObject, said: HTMLElement): Input {
  const text = h('textarea', {
    'aria-label': `Parameters for ${name}, as JSON`,
    spellcheck: 'false',
    hidden: !hasSchema,
  });
  text.value = json(last);
  const isForm = schema?.type === 'object' && Object.keys(schema.properties ?? {}).length > 0;
  if (!isForm)
    return { element: text, toggle: null, read: () => jsonParams(text, schema, said), blame: () => undefined };
  let fields: ParamFields | undefined = paramFields(schema, last);
  const element = h('div', {}, fields.element);
  const toggle = button(
    'as JSON',
    () => {
      if (fields) {
        text.value = json(fields.read().params);
        fields = undefined;
        element.replaceChildren(text);
      } else {
        fields = paramFields(schema, parsed(text.value) ?? last);
        element.replaceChildren(fields.element);
      }
      said.textContent = '';
      toggle.setAttribute('aria-pressed', String(!fields));
    },
    { 'aria-pressed': 'false' },
  );
  return {
    element,
    toggle,
    read() {
      if (!fields) return jsonParams(text, schema, said);
      const { params, isGood } = fields.read();
      if (isGood) return params;
      said.textContent = 'Not sent: see the fields.';
      element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return undefined;
    },
    blame(fault) {
      const [, at = '', says = ''] = /^event\/params \/params(\S*) (.*)$/.exec(fault) ?? [];
      if (at) fields?.blame(at, says);
    },
  };
}

function jsonParams(
  text: HTMLTextAreaElement,
  schema: ParamSchema | undefined,
  said: HTMLElement,
): JsonObject | undefined {
  const params = parsed(text.value);
  const fault = params && schema && paramFault(schema, params);
  if (!params) said.textContent = 'Parameters are a JSON object.';
  if (fault) said.textContent = `event/params /params${fault.at} ${fault.says}`;
  text.setAttribute('aria-invalid', String(!params || fault !== undefined));
  return fault ? undefined : params;
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
