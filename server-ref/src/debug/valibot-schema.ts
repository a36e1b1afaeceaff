import type { Json, ParamSchema } from '@djust/protocol';

/** What is read of a valibot schema: it is data, made of schemas and of the actions of a pipe. */
interface Piece {
  readonly kind?: unknown;
  readonly type?: unknown;
  readonly pipe?: readonly Piece[];
  readonly entries?: Readonly<Record<string, Piece>>;
  readonly wrapped?: Piece;
  readonly default?: unknown;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly item?: Piece;
  readonly value?: Piece;
  readonly rest?: Piece;
  readonly requirement?: unknown;
}

const DEEPEST = 8;
const UNKNOWN: ParamSchema = { isPartial: true };

const PLAIN = new Set(['string', 'number', 'boolean', 'null']);
/** May be left out. */
const OPTIONAL = new Set(['optional', 'nullish', 'exact_optional', 'undefinedable']);

export function fromValibot(schema: unknown, depth = 0): ParamSchema {
  const piece = schema as Piece;
  if (typeof schema !== 'object' || schema === null || depth > DEEPEST) return UNKNOWN;
  if (!piece.pipe) return bare(piece, depth);
  const [first, ...actions] = piece.pipe;
  let read = first === undefined ? UNKNOWN : bare(first, depth);
  for (const action of actions) {
    const added = limitOf(action, read);
    // What stands behind an action that nobody here knows may be about another value.
    if (!added) return { ...read, isPartial: true };
    read = { ...read, ...added };
  }
  return read;
}

function bare(piece: Piece, depth: number): ParamSchema {
  const below = (one: unknown): ParamSchema => fromValibot(one, depth + 1);
  const { type, wrapped, options = [], literal } = piece;
  if (PLAIN.has(type as string)) return { type: type as 'string' };
  if (OPTIONAL.has(type as string) || type === 'nullable') {
    const { default: preset } = piece;
    const inner = below(wrapped);
    const read = type === 'nullable' || type === 'nullish' ? { anyOf: [inner, { type: 'null' } as const] } : inner;
    return preset === undefined || typeof preset === 'function' ? read : { ...read, default: preset as Json };
  }
  switch (type) {
    case 'any':
    case 'unknown':
      return {};
    case 'literal':
      return { enum: [literal as Json] };
    case 'picklist':
    case 'enum':
      return { enum: options as Json[] };
    case 'union':
      return { anyOf: options.map(below) };
    case 'array':
      return { type: 'array', items: below(piece.item) };
    case 'record':
      return { type: 'object', additionalProperties: below(piece.value) };
    case 'object':
    case 'loose_object':
    case 'strict_object':
    case 'object_with_rest':
      return objectOf(piece, below);
    default:
      return UNKNOWN;
  }
}

function objectOf({ type, entries = {}, rest }: Piece, below: (one: unknown) => ParamSchema): ParamSchema {
  const required = Object.entries(entries).filter(([, one]) => !OPTIONAL.has(one.type as string));
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(entries).map(([key, one]) => [key, below(one)])),
    required: required.map(([key]) => key),
    ...(type === 'strict_object' && { additionalProperties: false }),
    ...(rest && { additionalProperties: below(rest) }),
  };
}

/** What an action of a pipe adds; nothing when it cannot be told. */
function limitOf({ kind, type, requirement }: Piece, read: ParamSchema): Partial<ParamSchema> | undefined {
  if (kind === 'metadata') return {};
  const isList = read.type === 'array';
  if (type === 'integer' || type === 'safe_integer') return { type: 'integer' };
  if (type === 'finite') return {};
  if (type === 'trim') return read.minLength === undefined ? { trims: true } : undefined;
  if (type === 'non_empty') return isList ? { minItems: 1 } : { minLength: 1 };
  if (type === 'regex' && requirement instanceof RegExp)
    return requirement.flags === '' || requirement.flags === 'u' ? { pattern: requirement.source } : undefined;
  if (typeof requirement !== 'number') return undefined;
  const limit = LIMITS[type as keyof typeof LIMITS];
  return limit?.(requirement, isList);
}

const LIMITS = {
  min_value: (minimum: number) => ({ minimum }),
  max_value: (maximum: number) => ({ maximum }),
  gt_value: (exclusiveMinimum: number) => ({ exclusiveMinimum }),
  lt_value: (exclusiveMaximum: number) => ({ exclusiveMaximum }),
  multiple_of: (multipleOf: number) => ({ multipleOf }),
  min_length: (count: number, isList: boolean) => (isList ? { minItems: count } : { minLength: count }),
  max_length: (count: number, isList: boolean) => (isList ? { maxItems: count } : { maxLength: count }),
  length: (count: number, isList: boolean) =>
    isList ? { minItems: count, maxItems: count } : { minLength: count, maxLength: count },
} satisfies Record<string, (requirement: number, isList: boolean) => Partial<ParamSchema>>;
