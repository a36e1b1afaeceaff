import type { Ops, Patch } from '@djust/protocol';
import { commitPlan } from './commit.ts';
import { applyOps } from './compact.ts';
import type { IdIndex } from './ids.ts';
import { planPatches } from './plan.ts';
import { keepPlace } from './preserve.ts';
import { badOp, type PatchReport } from './report.ts';
import { Resolver } from './resolve.ts';

/** What a patch frame carries: compact operations, or the patches of the base wire. */
export interface Batch {
  ops?: Ops;
  patches?: readonly Patch[];
}

/**
 * Operations in, DOM mutations out, nothing else. A batch is applied as a whole: an operation that cannot be carried out
 * leaves the document as it was, and the caller asks for a resync.
 */
export function applyBatch({ ops, patches }: Batch, index: IdIndex): PatchReport {
  if (ops) return applyOps(ops, index);
  if (!Array.isArray(patches)) return badOp('/patches', 'a list is required');
  const resolver = new Resolver(index);
  const plan = planPatches(patches, resolver);
  if (!plan.ok) return plan;
  let report: PatchReport = badOp('', 'not run');
  keepPlace(index.root, () => {
    report = commitPlan(plan, resolver);
  });
  return report;
}
