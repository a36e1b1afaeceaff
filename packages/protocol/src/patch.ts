import type { Json } from './json.ts';

/** A node of the base wire. `tag` is an element name, `#text` or `#comment`. @see wire spec 6 */
export interface VNode {
  tag: string;
  attrs?: Record<string, string>;
  children?: VNode[];
  text?: string | null;
  key?: string | null;
  djust_id?: string;
}

/** Child indexes from the root, in significant children; `[]` is the root element. */
export type Path = number[];

interface At {
  path: Path;
  /** dj-id of the target (node operations) or of the parent (child operations). */
  d?: string;
}

/** The operations of djust 1.x, one batch per version. @see wire spec 5.1 to 5.6 */
export type Patch =
  | ({ type: 'Replace'; node: VNode } & At)
  | ({ type: 'SetText'; text: string } & At)
  | ({ type: 'SetAttr'; key: string; value: string } & At)
  | ({ type: 'RemoveAttr'; key: string } & At)
  | ({ type: 'InsertChild'; index: number; node: VNode; ref_d?: string } & At)
  | ({ type: 'RemoveChild'; index: number; child_d?: string } & At)
  | ({ type: 'MoveChild'; from: number; to: number; child_d?: string } & At)
  | { type: 'RemoveSubtree'; id: string }
  | ({ type: 'InsertSubtree'; id: string; index: number; html: string } & At)
  | ({ type: 'MoveSubtree'; id: string; index: number } & At)
  | ({ type: 'VirtualRemove'; key: string } & At)
  | ({ type: 'VirtualMove'; key: string; before_key?: string } & At)
  | ({ type: 'VirtualInsert'; key: string; node: VNode; before_key?: string } & At)
  | ({ type: 'VirtualUpdate'; key: string; patches: Patch[] } & At);

export type PatchType = Patch['type'];

/** An operation of a newer server; it fails the batch, which then asks for a resync. */
export interface UnknownPatch {
  type: string;
  [field: string]: Json;
}
