import fc from 'fast-check';
import { anyDoc, anyDocEdit } from '../../../server-ref/test/random-html.ts';
import { anyEdit, anyView } from '../../../server-ref/test/random-views.ts';
import { checkHtml, checkView } from './pairs.ts';

const seat = fc.nat(6);

/** The random sequences of pages, and what must hold for each; the tests run some of them, `npm run fuzz` many. */
export const SEQUENCES: Record<'views' | 'patches' | 'ops', fc.IRawProperty<unknown>> = {
  views: fc.property(
    fc.record({
      view: anyView,
      edits: fc.array(anyEdit, { minLength: 5, maxLength: 20 }),
      hasTemplates: fc.boolean(),
      seat,
    }),
    (sequence) => void checkView(sequence),
  ),
  patches: fc.property(
    fc.record({ doc: anyDoc, edits: fc.array(anyDocEdit, { minLength: 5, maxLength: 20 }), seat }),
    (sequence) => void checkHtml({ ...sequence, form: 'patches' }),
  ),
  ops: fc.property(
    fc.record({ doc: anyDoc, edits: fc.array(anyDocEdit, { minLength: 5, maxLength: 20 }), seat }),
    (sequence) => void checkHtml({ ...sequence, form: 'ops' }),
  ),
};
