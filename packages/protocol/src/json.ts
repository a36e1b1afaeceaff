/** Plain JSON, as it travels in frames. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** What a function that reads outside input answers: never an exception. */
export type Result<T, F> = { ok: true; value: T } | { ok: false; fault: F };
