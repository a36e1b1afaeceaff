import fc from 'fast-check';
import { anyDoc, anyDocEdit } from '../../../server-ref/test/random-html.ts';
import { anyEdit, anyView } from '../../../server-ref/test/random-views.ts';
import { checkHtml, checkMerge, checkView } from './pairs.ts';

const seat = fc.nat(6);

/** A property, and how many pairs of pages it has compared so far. */
export interface Sequences {
  readonly property: fc.IProperty<unknown>;
  checked(): number;
}

function counting<T>(arbitrary: fc.Arbitrary<T>, check: (sequence: T) => number): Sequences {
  let pairs = 0;
  const property = fc.property(arbitrary, (sequence) => {
    pairs += check(sequence);
  });
  return { property: property as fc.IProperty<unknown>, checked: () => pairs };
}

const views = fc.record({
  view: anyView,
  edits: fc.array(anyEdit, { minLength: 5, maxLength: 20 }),
  hasTemplates: fc.boolean(),
  seat,
});
const pages = fc.record({ doc: anyDoc, edits: fc.array(anyDocEdit, { minLength: 5, maxLength: 20 }), seat });

/** The random sequences of pages, and what must hold for each; the tests run some of them, `npm run fuzz` many. */
export const SEQUENCES: Record<'views' | 'patches' | 'ops' | 'merges', Sequences> = {
  views: counting(views, checkView),
  patches: counting(pages, (sequence) => checkHtml({ ...sequence, form: 'patches' })),
  merges: counting(pages, checkMerge),
  ops: counting(pages, (sequence) => checkHtml({ ...sequence, form: 'ops' })),
};
