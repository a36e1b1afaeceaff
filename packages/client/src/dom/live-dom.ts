import type { Chunk, Rows } from '@djust/protocol';
import type { IdIndex } from './ids.ts';

/** Decides when a value of the server may replace what a field shows. */
export interface FieldPolicy {
  /**
   * Runs `apply` now, later, or never; of several for one `part` the last counts.
   * @param field  an input, a textarea or a select   @param part  the field, or an option of it
   */
  write(field: Element, apply: () => void, part?: Element): void;
  /**
   * An event takes the values of these fields along.
   * @param isFinal  the user is done with them: a submit
   * @returns to be called when the server has processed the event
   */
  carry?(fields: readonly Element[], isFinal: boolean): () => void;
}

/** Rows as values of templates, the `templates` extension. */
export interface RowSource {
  define(number: number, chunks: readonly Chunk[]): void;
  /**
   * The rows, to stand in `home`; nothing when the template is not known or the values do not fit.
   * @param index  gets the ids that the rows bring
   */
  build(rows: Rows, home: Element, index: IdIndex): DocumentFragment | undefined;
}

/** What an operation works on: the nodes of one root by id, the user's fields, and the templates that are known. */
export interface LiveDom {
  readonly index: IdIndex;
  readonly fields: FieldPolicy;
  readonly rows?: RowSource | undefined;
}

/** The plain policy: a field belongs to the user while he is in it, and afterwards if he has changed it. */
export const focusPolicy: FieldPolicy = {
  write: (field, apply) => {
    if (field.ownerDocument.activeElement !== field) return apply();
    const { value } = field as HTMLInputElement;
    field.addEventListener('blur', () => (field as HTMLInputElement).value === value && apply(), { once: true });
  },
};
