import type { Fixture } from '../server/fixture.ts';
import type { Change } from '../workloads/changes.ts';
import type { Items, Kind } from '../workloads/items.ts';

/** One workload, as the lanes see it. */
export interface Stage {
  readonly kind: Kind;
  readonly fixture: Fixture;
  readonly changes: readonly Change[];
  /** The items after so many messages. */
  itemsAfter(messages: number): Items;
}

/** One message: from what arrives to the finished document, without layout. */
export type Step = () => void;

/** A way to bring a document up to date. One object serves all workloads. */
export interface Lane {
  /** How many messages it has, when fewer than the workload. */
  readonly messages?: number;
  /** Shows the initial items in `root`, which stands in the document and is empty. */
  mount(root: HTMLElement, stage: Stage): void | Promise<void>;
  /** The first `count` messages, ready to run one after the other. What this does is not timed. */
  prepare(root: HTMLElement, stage: Stage, count: number): Step[];
  unmount?(root: HTMLElement): void | Promise<void>;
}
