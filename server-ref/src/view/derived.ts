import type { JsonObject } from '@djust/protocol';

/** A field that can be made from others: it is not stored, and loaded again when one of them changes. */
export interface Derived<S, C, V> {
  /** Fields that it is made from; a derived one among them must be declared before. */
  readonly from: readonly (keyof S & string)[];
  /** Asked at the first visit, when `from` changed, and when the session goes on in another process. */
  readonly load: (state: Readonly<S>, ctx: C) => V | Promise<V>;
}

/** What a view says of the fields of its state. */
export interface Fields<S, C> {
  readonly name: string;
  readonly state: S;
  readonly derived?: { readonly [K in keyof S]?: Derived<S, C, S[K]> };
  readonly temporary?: readonly (keyof S & string)[];
}

/** The fields that no store keeps. @throws TypeError for a mistake in the declaration */
export function unstoredFields<S extends object, C>(fields: Fields<S, C>): string[] {
  const { name, state, derived = {}, temporary = [] } = fields;
  const declared = Object.keys(derived);
  const from = Object.values<Derived<S, C, unknown> | undefined>(derived).flatMap((one) => [...(one?.from ?? [])]);
  for (const field of [...declared, ...from, ...temporary]) {
    if (!Object.hasOwn(state, field)) throw new TypeError(`View ${name}: its state has no field "${field}"`);
  }
  const both = temporary.find((field) => declared.includes(field));
  if (both) throw new TypeError(`View ${name}: "${both}" is derived or temporary, not both`);
  return [...declared, ...temporary];
}

/** The part of a state that is kept; the state itself when that is all of it. */
export function storedState(state: JsonObject, unstored: readonly string[]): JsonObject {
  if (unstored.length === 0) return state;
  return Object.fromEntries(Object.entries(state).filter(([field]) => !unstored.includes(field)));
}
