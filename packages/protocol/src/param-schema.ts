import { type Json, pointerStep } from './json.ts';

/**
 * What the parameters of an event may be: the part of JSON Schema that a form can be made of. A development server tells it
 * to the debug panel, and both check with `paramFault`.
 */
export interface ParamSchema {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object';
  readonly properties?: Readonly<Record<string, ParamSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | ParamSchema;
  readonly items?: ParamSchema;
  readonly enum?: readonly Json[];
  readonly anyOf?: readonly ParamSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  /** In UTF-16 units, as `length` counts them. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: Json;
  /** White space at both ends is taken away first. */
  readonly trims?: boolean;
  /** There is more to it than this, which the server alone can check. */
  readonly isPartial?: boolean;
}

export interface ParamFault {
  /** JSON pointer into the parameters. */
  readonly at: string;
  readonly says: string;
}

const DEEPEST = 16;
/** A longer one is left to the server: a pattern that never ends must not stop the page. */
const MOST_MATCHED = 1_000;

/** The first fault, in the order of the properties; nothing when the value may pass. Never throws. */
export function paramFault(schema: ParamSchema, value: Json | undefined, at = ''): ParamFault | undefined {
  if (at.split('/').length > DEEPEST) return undefined;
  if (schema.anyOf) {
    if (schema.anyOf.some((one) => !paramFault(one, value, at))) return undefined;
    return { at, says: `expected ${expectedOf(schema)}, not ${kindOf(value)}` };
  }
  if (schema.enum) {
    const isOne = schema.enum.some((one) => JSON.stringify(one) === JSON.stringify(value));
    return isOne ? undefined : { at, says: `expected ${expectedOf(schema)}` };
  }
  if (value === undefined) return { at, says: 'is missing' };
  if (schema.type && !isOfType(schema.type, value))
    return { at, says: `expected ${expectedOf(schema)}, not ${kindOf(value)}` };
  if (typeof value === 'string') return said(at, textFault(schema, schema.trims ? value.trim() : value));
  if (typeof value === 'number') return said(at, numberFault(schema, value));
  if (Array.isArray(value)) return arrayFault(schema, value, at);
  if (typeof value === 'object' && value !== null) return objectFault(schema, value, at);
  return undefined;
}

const said = (at: string, says: string | undefined): ParamFault | undefined => (says ? { at, says } : undefined);

function isOfType(type: NonNullable<ParamSchema['type']>, value: Json): boolean {
  return type === 'integer' ? Number.isInteger(value) : kindOf(value) === type;
}

function kindOf(value: Json | undefined): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** In a few words what a value has to be, as a form says it beside the field. */
export function expectedOf(schema: ParamSchema): string {
  const { type, anyOf, items } = schema;
  if (anyOf) return anyOf.map(expectedOf).join(' or ');
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' or ');
  if (type === 'array' && items) return `array of ${expectedOf(items)}`;
  return type ?? 'anything';
}

function textFault({ minLength, maxLength, pattern }: ParamSchema, text: string): string | undefined {
  if (minLength !== undefined && text.length < minLength) return `shorter than ${minLength} characters`;
  if (maxLength !== undefined && text.length > maxLength) return `longer than ${maxLength} characters`;
  if (pattern === undefined || text.length > MOST_MATCHED) return undefined;
  return matches(pattern, text) ? undefined : `does not match /${pattern}/`;
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    // No pattern of this language: whoever wrote the schema checks it.
    return true;
  }
}

function numberFault(schema: ParamSchema, value: number): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (minimum !== undefined && value < minimum) return `less than ${minimum}`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return `not more than ${exclusiveMinimum}`;
  if (maximum !== undefined && value > maximum) return `more than ${maximum}`;
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return `not less than ${exclusiveMaximum}`;
  if (multipleOf !== undefined && value % multipleOf !== 0) return `no multiple of ${multipleOf}`;
  return undefined;
}

function arrayFault({ minItems, maxItems, items }: ParamSchema, list: Json[], at: string): ParamFault | undefined {
  for (const [index, item] of items ? list.entries() : []) {
    const fault = paramFault(items as ParamSchema, item, `${at}/${index}`);
    if (fault) return fault;
  }
  if (minItems !== undefined && list.length < minItems) return { at, says: `fewer than ${minItems} items` };
  if (maxItems !== undefined && list.length > maxItems) return { at, says: `more than ${maxItems} items` };
  return undefined;
}

function objectFault(schema: ParamSchema, value: { [key: string]: Json }, at: string): ParamFault | undefined {
  const { properties = {}, required = [], additionalProperties: others = true } = schema;
  const own = (key: string): Json | undefined => (Object.hasOwn(value, key) ? value[key] : undefined);
  for (const [key, property] of Object.entries(properties)) {
    const child = own(key);
    if (child === undefined && !required.includes(key)) continue;
    const fault = paramFault(property, child, at + pointerStep(key));
    if (fault) return fault;
  }
  if (others === true) return undefined;
  for (const [key, child] of Object.entries(value)) {
    if (Object.hasOwn(properties, key)) continue;
    const fault = others
      ? paramFault(others, child, at + pointerStep(key))
      : { at: at + pointerStep(key), says: 'is not known' };
    if (fault) return fault;
  }
  return undefined;
}
