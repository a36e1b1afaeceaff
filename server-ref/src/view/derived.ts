import type { JsonObject } from '@djust/protocol';
import type { Change, ViewContext } from './define-view.ts';

/** A field that can be made from others: it is not stored, and loaded again when one of them changes. */
export interface Derived<S, V> {
  /** Fields that it is made from; a derived one among them must be declared before. */
  readonly from: readonly (keyof S & string)[];
  /** Asked at the first visit, when `from` changed, and when the session goes on in another process. */
  readonly load: (state: Readonly<S>, ctx: ViewContext) => V | Promise<V>;
}

/** What a view says of the fields of its state. */
export interface Fields<S> {
  readonly name: string;
  readonly state: S;
  readonly derived?: { readonly [K in keyof S]?: Derived<S, S[K]> };
  readonly temporary?: readonly (keyof S & string)[];
}

/** The fields that no store keeps. @throws TypeError for a mistake in the declaration */
export function unstoredFields<S extends object>({ name, state, derived = {}, temporary = [] }: Fields<S>): string[] {
  const declared = Object.keys(derived);
  const from = Object.values<Derived<S, unknown> | undefined>(derived).flatMap((one) => [...(one?.from ?? [])]);
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

/**
 * A change and what follows from it for derived fields. One that the change itself names is taken as it is.
 * @param before.isNew  nothing is loaded yet, so everything is
 */
export async function withDerived(
  derived: NonNullable<Fields<JsonObject>['derived']>,
  before: { state: JsonObject; isNew?: boolean | undefined },
  change: Change<JsonObject>,
  context: ViewContext,
): Promise<Partial<JsonObject> | undefined> {
  const asked = (await change) ?? {};
  let next: JsonObject = { ...before.state, ...asked } as JsonObject;
  const loaded: JsonObject = {};
  for (const [field, one] of Object.entries(derived)) {
    if (!one || Object.hasOwn(asked, field)) continue;
    if (!before.isNew && one.from.every((name) => Object.is(next[name], before.state[name]))) continue;
    loaded[field] = await one.load(next, context);
    next = { ...next, [field]: loaded[field] };
  }
  return { ...asked, ...loaded };
}
