import type { Fault } from '@djust/protocol';

/**
 * The values that a view's `render` is made of. Nothing here renders: a template is its static strings, whose identity
 * names it, and its values. They are classes so that no object out of somebody's JSON can pass for one of them.
 */
export class TemplateResult {
  readonly strings: TemplateStringsArray;
  readonly values: readonly unknown[];
  readonly isSvg: boolean;
  constructor(strings: TemplateStringsArray, values: readonly unknown[], isSvg: boolean) {
    this.strings = strings;
    this.values = values;
    this.isSvg = isSvg;
  }
}

/** Markup that the author vouches for; it is not escaped. */
export class RawHtml {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

export type Key = string | number;

/** Told of a mistake that does not stop the render. */
export type Warn = (fault: Fault) => void;

/** A keyed list whose rows are rendered when they are compared, not before. */
export class Repeat<T = unknown> {
  readonly items: readonly T[];
  readonly keyOf: (item: T, index: number) => Key;
  readonly render: (item: T, index: number) => TemplateResult;
  readonly deps: readonly unknown[] | undefined;
  constructor(
    items: readonly T[],
    keyOf: (item: T, index: number) => Key,
    render: (item: T, index: number) => TemplateResult,
    deps: readonly unknown[] | undefined,
  ) {
    this.items = items;
    this.keyOf = keyOf;
    this.render = render;
    this.deps = deps;
  }
}

/**
 * A piece of HTML with values in it. A value may stand for content or for an attribute value, whole or in part:
 *
 *   html`<li class="row ${kind}" hidden=${done}>${name}</li>`
 *
 * Text and attributes are escaped by position. `true` and `false` switch an attribute on and off; nothing
 * (`null`, `undefined`, `false`) renders as nothing. Inline handlers and `javascript:` URLs are refused.
 */
export function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult {
  return new TemplateResult(strings, values, false);
}

/** The same for pieces that stand inside an `<svg>`. */
export function svg(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult {
  return new TemplateResult(strings, values, true);
}

/** Marks a string as safe markup. Never pass what a user typed. */
export function unsafeHtml(markup: string): RawHtml {
  return new RawHtml(markup);
}

/**
 * A list whose rows keep their nodes: a row is known by its key, whatever its place.
 * @param keyOf  unique within the list; a duplicate is matched by position, with one warning
 * @param deps   when given, a row whose item is the same object as before is not rendered again unless one of `deps`
 *               changed. Name everything but the item that `render` reads.
 */
export function repeat<T>(
  items: readonly T[],
  keyOf: (item: T, index: number) => Key,
  render: (item: T, index: number) => TemplateResult,
  deps?: readonly unknown[],
): Repeat<T> {
  return new Repeat(items, keyOf, render, deps);
}
