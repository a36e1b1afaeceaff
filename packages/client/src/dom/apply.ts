import type { Patch } from '@djust/protocol';
import { commitPlan } from './commit.ts';
import type { IdIndex } from './ids.ts';
import { planPatches } from './plan.ts';
import { keepPlace } from './preserve.ts';
import { badOp, type PatchReport } from './report.ts';
import { Resolver } from './resolve.ts';

/** Applies a batch of djust 1.x patches; a batch with a fault leaves the document as it was. */
export type ApplyPatches = (patches: readonly Patch[], index: IdIndex) => PatchReport;

/** Operations in, DOM mutations out, nothing else. @see wire spec 5 */
export const applyPatches: ApplyPatches = (patches, index) => {
  if (!Array.isArray(patches)) return badOp('/patches', 'a list is required');
  const resolver = new Resolver(index);
  const plan = planPatches(patches, resolver);
  if (!plan.ok) return plan;
  return keepPlace(index.root, () => commitPlan(plan, resolver));
};
