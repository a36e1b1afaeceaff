/** Plain JSON, as it travels in frames. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** What a function that reads outside input answers: never an exception. */
export type Result<T, F> = { ok: true; value: T } | { ok: false; fault: F };

/** One step of a JSON pointer (RFC 6901), slash included. */
export function pointerStep(key: PropertyKey): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
