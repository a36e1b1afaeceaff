import { createRandom } from '../random.ts';
import { labelOf } from './items.ts';

const cache = new Map<number, readonly string[]>();

/** What a section of the long page says besides the text that changes: six paragraphs that make it about a kilobyte. */
export function bodyOf(id: number): readonly string[] {
  let body = cache.get(id);
  if (!body) {
    const random = createRandom(id);
    const sentence = (): string => `The ${labelOf(random)} stands by the ${labelOf(random)}.`;
    body = Array.from({ length: 6 }, () => `${sentence()} ${sentence()} ${sentence()}`);
    cache.set(id, body);
  }
  return body;
}
