import type { PatchFrame } from '@djust/protocol';
import { applyOps } from '../../../../packages/client/src/dom/compact.ts';
import { FieldClocks } from '../../../../packages/client/src/dom/field-clocks.ts';
import { IdIndex } from '../../../../packages/client/src/dom/ids.ts';
import type { LiveDom } from '../../../../packages/client/src/dom/live-dom.ts';
import { RowBuilder } from '../../../../packages/client/src/dom/rows.ts';
import type { Lane } from '../lane.ts';

interface Mounted {
  readonly dom: LiveDom;
  readonly end: AbortController;
}

const mounted = new WeakMap<Element, Mounted>();

/** Our patch path as the full build has it, from the text of the frame. */
export const djust: Lane = {
  mount(root, { fixture }) {
    root.innerHTML = fixture.djust.html;
    const end = new AbortController();
    const fields = new FieldClocks(root, end.signal);
    mounted.set(root, { dom: { index: new IdIndex(root), fields, rows: new RowBuilder() }, end });
  },
  prepare(root, { fixture }, count) {
    const { dom } = mounted.get(root) as Mounted;
    return fixture.djust.frames.slice(0, count).map((text) => () => {
      const { ops = [] } = JSON.parse(text) as PatchFrame;
      const report = applyOps(ops, dom);
      if (!report.ok) throw new Error(report.fault.code);
    });
  },
  unmount(root) {
    mounted.get(root)?.end.abort();
  },
};
