import { type Fault, fail } from './errors.ts';
import type { JsonObject, Result } from './json.ts';

/** Turns a text frame into a JSON object with a string `type`; everything else is named and refused. */
export function decode(text: string): Result<JsonObject & { type: string }, Fault> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('frame/not-json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail('frame/not-json', '');
  const frame = value as JsonObject;
  if (typeof frame.type !== 'string') return fail('frame/invalid', '/type');
  return { ok: true, value: frame as JsonObject & { type: string } };
}

export function encode<F extends { type: string }>(frame: F): string {
  return JSON.stringify(frame);
}
