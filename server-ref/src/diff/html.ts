import type { Ops, Patch } from '@djust/protocol';
import { ROOT_ID } from '@djust/protocol';
import { BaseEmitter } from './html/emit-base.ts';
import { CompactEmitter } from './html/emit-compact.ts';
import { eachKey, type HtmlElement, IdSource } from './html/node.ts';
import { HtmlReader } from './html/parse.ts';
import { type RegionNames, toHtml } from './html/serialize.ts';
import { type Emitter, walk } from './html/walk.ts';

export interface HtmlDifferOptions {
  /** Which form of difference will be asked for; it decides how regions are named in the HTML. */
  form?: 'patches' | 'ops';
  /** Told once for each key that stands twice in one list; such rows are matched by position. */
  onDuplicateKey?: (key: string) => void;
}

/**
 * Follows the HTML of one view, whatever template engine writes it: knows what a page shows, and says what makes it show
 * the next HTML. `html` is always the content of the view's root.
 */
export class HtmlDiffer {
  readonly #ids = new IdSource(1);
  readonly #onDuplicate: (key: string) => void;
  readonly #names: RegionNames;
  readonly #reader = new HtmlReader(this.#ids);
  // Made ahead: like the reader, one of a class must live or its optimised code goes.
  #base = new BaseEmitter();
  #compact = new CompactEmitter();
  #root: HtmlElement;

  constructor(html: string, options: HtmlDifferOptions = {}) {
    this.#names = options.form === 'ops' ? 'own' : 'given';
    const told = new Set<string>();
    this.#onDuplicate = (key) => {
      if (told.has(key)) return;
      told.add(key);
      options.onDuplicateKey?.(key);
    };
    this.#root = rootOf(this.#reader.read(html));
    this.#ids.keys.settle();
  }

  /** What the page shows now, every element with its id. */
  get html(): string {
    return toHtml(this.#root.children, this.#names);
  }

  /** The difference as patches of djust 1.x. */
  patches(next: string): Patch[] {
    const emitter = this.#base;
    this.#base = new BaseEmitter();
    this.#update(next, emitter);
    return emitter.patches;
  }

  /** The difference as compact operations. */
  ops(next: string): Ops {
    const emitter = this.#compact;
    this.#compact = new CompactEmitter();
    this.#update(next, emitter);
    return emitter.ops;
  }

  #update(html: string, emitter: Emitter): void {
    const next = rootOf(this.#reader.read(html));
    walk(this.#root, next, [], emitter, { ids: this.#ids, onDuplicate: this.#onDuplicate });
    this.#root = next;
    this.#ids.keys.tidy((keep) => void eachKey(next.children, keep));
  }
}

/** The patches that turn one HTML into the other, for a page that shows `prev` with the ids of `new HtmlDiffer(prev).html`. */
export function diffHtml(prev: string, next: string, options: HtmlDifferOptions = {}): Patch[] {
  return new HtmlDiffer(prev, options).patches(next);
}

function rootOf(children: HtmlElement['children']): HtmlElement {
  return { type: 'element', tag: 'div', space: 'html', attrs: [], children, key: null, id: ROOT_ID, born: 0 };
}
