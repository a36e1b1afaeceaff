import type { PatchFrame } from '@djust/protocol';
import { applyOps } from '../../../../packages/client/src/dom/compact.ts';
import { IdIndex } from '../../../../packages/client/src/dom/ids.ts';
import type { Lane } from '../lane.ts';

const indexes = new WeakMap<Element, IdIndex>();

/** Our patch path, from the text of the frame. */
export const djust: Lane = {
  mount(root, { fixture }) {
    root.innerHTML = fixture.djust.html;
    indexes.set(root, new IdIndex(root));
  },
  prepare(root, { fixture }, count) {
    const index = indexes.get(root) as IdIndex;
    return fixture.djust.frames.slice(0, count).map((text) => () => {
      const { ops = [] } = JSON.parse(text) as PatchFrame;
      const report = applyOps(ops, index);
      if (!report.ok) throw new Error(report.fault.code);
    });
  },
};
