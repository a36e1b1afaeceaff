import type { Patch } from '@djust/protocol';
import { dev } from '../lib/dev.ts';
import { commitPlan } from './commit.ts';
import type { LiveDom } from './live-dom.ts';
import { planPatches } from './plan.ts';
import { keepPlace } from './preserve.ts';
import { badOp, type PatchReport } from './report.ts';
import { Resolver } from './resolve.ts';

/** Applies a batch of djust 1.x patches; a batch with a fault leaves the document as it was. */
export type ApplyPatches = (patches: readonly Patch[], dom: LiveDom) => PatchReport;

/** Operations in, DOM mutations out, nothing else. @see wire spec 5 */
export const applyPatches: ApplyPatches = (patches, { index, fields }) => {
  if (!Array.isArray(patches)) return badOp('/patches', dev('a list is required'));
  const resolver = new Resolver(index);
  const plan = planPatches(patches, resolver);
  if (!plan.ok) return plan;
  const isAffected = (): boolean => patches.some(({ type }) => !/^(Set|RemoveAttr)/.test(type));
  return keepPlace(index.root, () => commitPlan(plan, resolver, fields), isAffected);
};
