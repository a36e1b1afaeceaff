import fc from 'fast-check';
import { describe, it } from 'vitest';
import { SEQUENCES } from '../../test/sequences.ts';

describe('a random sequence of pages leaves the document of a fresh one, every node that stays, and the user in peace', () => {
  it.each(Object.entries(SEQUENCES))('as %s', (_, { property }) => fc.assert(property, { numRuns: 300 }));
});
