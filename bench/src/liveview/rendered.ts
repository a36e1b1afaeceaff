/** What a HEEx template evaluates to: `%Rendered{}`. */
export class Rendered {
  readonly statics: readonly string[];
  readonly dynamics: readonly Dynamic[];
  constructor(statics: readonly string[], dynamics: readonly Dynamic[]) {
    this.statics = statics;
    this.dynamics = dynamics;
  }
}

/** `:for` with `:key`: `%Comprehension{}`. The rows share one template. */
export class Comprehension {
  readonly rows: readonly { readonly key: string | number; readonly rendered: Rendered }[];
  constructor(rows: Comprehension['rows']) {
    this.rows = rows;
  }
}

/** Text that is already escaped, or more. */
export type Dynamic = string | Rendered | Comprehension;

/** A template whose root is a single tag, which is all that the benchmark's views need. */
export const heex = (statics: TemplateStringsArray, ...dynamics: Dynamic[]): Rendered =>
  new Rendered(statics, dynamics);

export function comprehension<T>(
  items: readonly T[],
  keyOf: (item: T, index: number) => string | number,
  render: (item: T) => Rendered,
): Comprehension {
  return new Comprehension(items.map((item, index) => ({ key: keyOf(item, index), rendered: render(item) })));
}
