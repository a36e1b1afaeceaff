import type { Json, ParamSchema } from '@djust/protocol';
import type { StandardSchema } from '../view/standard-schema.ts';
import { fromValibot } from './valibot-schema.ts';

const MOST_CHARS = 4_096;
const DEEPEST = 8;

const PLAIN = [
  'type',
  'required',
  'enum',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'default',
] as const;
/** They forbid nothing. */
const WORDS = ['$schema', '$id', 'title', 'description', 'examples', 'deprecated', 'readOnly', 'writeOnly'];
const READ: ReadonlySet<string> = new Set([
  ...PLAIN,
  ...WORDS,
  'const',
  'properties',
  'additionalProperties',
  'items',
  'anyOf',
  'oneOf',
]);

/**
 * The schema of an event as the panel can make a form of it. Standard Schema checks and says nothing of itself; its sister
 * interface for JSON Schema does, and valibot, which has none, is plain data. Nothing when the schema says nothing.
 */
export function describeParams(schema: StandardSchema): ParamSchema | undefined {
  try {
    const described = describe(schema);
    return described && JSON.stringify(described).length <= MOST_CHARS ? described : undefined;
  } catch {
    // Not every schema can be written as JSON Schema, and some throw then.
    return undefined;
  }
}

/** @see https://standardschema.dev/json-schema */
interface Telling {
  readonly jsonSchema?: { readonly input?: (options: { target: string }) => unknown };
  readonly vendor: string;
}

function describe(schema: StandardSchema): ParamSchema | undefined {
  const { jsonSchema, vendor }: Telling = schema['~standard'];
  if (jsonSchema?.input) return fromJsonSchema(jsonSchema.input({ target: 'draft-2020-12' }));
  return vendor === 'valibot' ? fromValibot(schema) : undefined;
}

/** Keeps what the panel checks too; where there is more, it says so. */
export function fromJsonSchema(value: unknown, depth = 0): ParamSchema {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return { isPartial: value !== true };
  const found = value as Record<string, unknown>;
  const { const: only, properties, additionalProperties: others, items, anyOf, oneOf, type } = found;
  const below = (one: unknown): ParamSchema => fromJsonSchema(one, depth + 1);
  const choices = anyOf ?? oneOf ?? (Array.isArray(type) ? type.map((one) => ({ ...found, type: one })) : undefined);
  const kept = Object.fromEntries(PLAIN.flatMap((key) => (found[key] === undefined ? [] : [[key, found[key]]])));
  const isPartial = Object.keys(found).some((key) => !READ.has(key)) || oneOf !== undefined;
  if (Array.isArray(choices)) return { anyOf: choices.map(below), ...(isPartial && { isPartial }) };
  return {
    ...kept,
    ...(only !== undefined && { enum: [only as Json] }),
    ...(isObject(properties) && { properties: mapped(properties, below) }),
    ...(others !== undefined && { additionalProperties: typeof others === 'boolean' ? others : below(others) }),
    ...(items !== undefined && { items: below(items) }),
    ...(isPartial && { isPartial }),
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const mapped = (all: Record<string, unknown>, map: (one: unknown) => ParamSchema): Record<string, ParamSchema> =>
  Object.fromEntries(Object.entries(all).map(([key, one]) => [key, map(one)]));
