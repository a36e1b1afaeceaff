import { faultOf, type PatchFrame } from '@djust/protocol';
import { delegate, type Met } from './directives/delegate.ts';
import type { DirectiveRegistry } from './directives/registry.ts';
import type { ApplyPatches } from './dom/apply.ts';
import { applyOps } from './dom/compact.ts';
import { IdIndex } from './dom/ids.ts';
import { type FieldPolicy, focusPolicy, type LiveDom, type RowSource } from './dom/live-dom.ts';
import { type MergeHtml, replaceContent } from './dom/replace.ts';
import type { PatchReport } from './dom/report.ts';

/** What may change a document besides compact operations, and how; the core brings only the plainest of each. */
export interface DomParts {
  /** Applies the patches of a plain djust 1.x server. Without it such a server's patches come as whole HTML. */
  applyPatches?: ApplyPatches;
  /** Merges whole HTML into the page. Without it the content is replaced: fields keep their text, nodes do not stay. */
  mergeHtml?: MergeHtml;
  /** Knows templates, for the `templates` extension. Without it rows come as HTML. */
  rows?: () => RowSource;
  /** When a value of the server may enter a field. Without it: while the user is not in it. */
  fields?: (root: Element, signal: AbortSignal) => FieldPolicy;
}

/** One mounted root: its nodes, its listeners, its fields. It is told what the server sends and knows no session. */
export class LiveView implements LiveDom {
  readonly root: Element;
  readonly index: IdIndex;
  readonly fields: FieldPolicy;
  readonly rows: RowSource | undefined;
  readonly _parts: DomParts;
  readonly _listen: (type: string) => void;
  readonly _abort: AbortController = new AbortController();

  constructor(root: Element, parts: DomParts, registry: DirectiveRegistry, onMet: (met: Met, event: Event) => void) {
    const { signal } = this._abort;
    this.root = root;
    this.index = new IdIndex(root);
    this.fields = parts.fields?.(root, signal) ?? focusPolicy;
    this.rows = parts.rows?.();
    this._parts = parts;
    this._listen = delegate(root, registry, onMet, signal);
  }

  /** Directives that came later need listeners for these DOM events. */
  listen(types: readonly string[]): void {
    for (const type of types) this._listen(type);
  }

  /** The document is as it was when the report is a fault. */
  patch({ ops, patches = [] }: PatchFrame): PatchReport {
    const { applyPatches } = this._parts;
    if (ops) return applyOps(ops, this);
    return applyPatches ? applyPatches(patches, this) : { ok: false, fault: faultOf('dom/bad-op', '/patches') };
  }

  /** HTML into an element: the root, or one whose content has no ids that the server knows. */
  merge(element: Element, html: string): void {
    (this._parts.mergeHtml ?? replaceContent)(element, html);
    if (element === this.root) this.index.rebuild();
  }

  dispose(): void {
    // Whoever takes the root over reads the ids of its nodes.
    this.index.settle?.();
    this._abort.abort();
  }
}
