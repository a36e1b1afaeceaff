import type { JsonObject } from '@djust/protocol';
import type { Change, View, ViewContext } from '../view/define-view.ts';

/**
 * A change and what follows from it for derived fields. One that the change itself names is taken as it is.
 * @param before.isNew  nothing is loaded yet, so everything is
 */
export async function withDerived(
  derived: NonNullable<View<JsonObject>['derived']>,
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
