import { commitFrames } from '../../../server-ref/src/session/outgoing.ts';
import { Rendering } from '../../../server-ref/src/session/rendering.ts';
import { fullDiff, updateDiff } from '../liveview/diff.ts';
import { render } from '../liveview/views.ts';
import { applyChange } from '../workloads/changes.ts';
import type { Items } from '../workloads/items.ts';
import { tell, type Workload } from '../workloads/workloads.ts';
import { view } from './views.ts';

/** What only a server can make: the page gets it ready, everything else it derives from the seed. */
export interface Fixture {
  readonly djust: { readonly html: string; readonly frames: readonly string[] };
  /** `join` is the answer to the join, `diffs` are the payloads of the pushes. */
  readonly liveview: { readonly join: string; readonly diffs: readonly string[] };
}

/** LiveView needs milliseconds per message, so it is never measured many at a time. */
const LIVEVIEW_MESSAGES = 4;

export function makeFixture(workload: Workload, seed: number): Fixture {
  return { djust: djustMessages(workload, seed), liveview: liveviewMessages(workload, seed) };
}

/** The frames are those of a push: the shortest envelope that each side has. */
export function djustMessages(workload: Workload, seed: number): Fixture['djust'] {
  const { initial, changes } = tell(workload, seed);
  const rendering = new Rendering((fault) => {
    throw new Error(`${fault.code} in ${workload.id}`);
  });
  const html = rendering.full(view(workload.kind, initial));
  let items: Items = initial;
  const frames = changes.map((change, step) => {
    items = applyChange(items, change);
    const ops = rendering.update(view(workload.kind, items), true);
    return commitFrames({ type: 'patch', ops }, step + 2, { source: 'broadcast' }, [])[0] as string;
  });
  return { html, frames };
}

export function liveviewMessages(workload: Workload, seed: number): Fixture['liveview'] {
  const { initial, changes } = tell(workload, seed);
  let items: Items = initial;
  let before = render(workload.kind, initial);
  const join = JSON.stringify(fullDiff(before));
  const diffs = changes.slice(0, LIVEVIEW_MESSAGES).map((change) => {
    items = applyChange(items, change);
    const after = render(workload.kind, items);
    const diff = JSON.stringify(updateDiff(before, after));
    before = after;
    return diff;
  });
  return { join, diffs };
}
