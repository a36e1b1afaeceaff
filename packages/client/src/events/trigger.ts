import { type Fault, faultOf, type JsonObject } from '@djust/protocol';
import type { Directive, PushOptions, Rate } from '../context.ts';
import { parseExpression } from './expression.ts';
import { typedParams, valueParams } from './params.ts';

/** An event made out of a gesture, ready to be sent. */
export interface Triggered extends PushOptions {
  event: string;
  params: JsonObject;
  element: Element;
  rate?: Rate | undefined;
}

/** Turns the meeting of a directive and a DOM event into an event for the server; nothing when it does not count. */
export function readGesture(
  { directive, element, value }: { directive: Directive; element: Element; value: string },
  event: Event,
): Triggered | Fault | undefined {
  const expression = directive.hasNoArguments ? { name: value.trim(), suffix: '', args: [] } : parseExpression(value);
  if (!expression?.name) return faultOf('client/bad-handler', `${directive.attribute}="${value}"`);
  if (directive.accepts && !directive.accepts(expression.suffix, event)) return undefined;
  if (directive.preventsDefault) event.preventDefault();
  const declared = directive.declared === 'typed' ? typedParams(element) : valueParams(element);
  const params: JsonObject = {
    ...directive.read?.(element, event),
    ...declared,
    ...(expression.args.length > 0 ? { _args: expression.args } : {}),
  };
  const triggered: Triggered = { event: expression.name, params, element, rate: directive.defaultRate?.(element) };
  if (directive.carries === 'field' && event.target instanceof Element) triggered.carries = [event.target];
  if (directive.carries === 'form') {
    triggered.carries = [...(element.closest('form')?.elements ?? [])];
    triggered.isFinal = true;
  }
  return triggered;
}
