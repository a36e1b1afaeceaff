import type { Candidate } from '../candidates.ts';
import { createRandom, type Random } from '../random.ts';
import { applyChange, type Change } from './changes.ts';
import { type Items, type Kind, labelOf, makeFields, makeItems } from './items.ts';

export interface Workload {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  readonly size: number;
  /** How many different messages there are; quick ones are measured many at a time. */
  readonly messages: number;
  readonly next: (random: Random, items: Items, step: number) => Change;
  /** Measured for these alone; without it for all. */
  readonly candidates?: readonly Candidate[];
}

/** Texts that change again and again: so many in a page of any size, from its beginning to its end. */
const LIVE_TEXTS = 8;
const SIZES = [2_000, 20_000, 200_000];

/** The first change is the one in the title; the following ones are of its kind. */
export const WORKLOADS: readonly Workload[] = [
  ...SIZES.map((nodes) => ({
    ...texts(nodes),
    id: `text-${nodes}`,
    title: `one of ${LIVE_TEXTS} live texts in ${nodes.toLocaleString('en')} nodes`,
    next: (random: Random, items: Items) =>
      textAt(random, items, [Math.floor((random.int(LIVE_TEXTS) * items.length) / LIVE_TEXTS)]),
  })),
  // The same steps, each on memory that nobody has touched for long: what the others take is seen above.
  ...SIZES.map((nodes) => ({
    ...texts(nodes),
    id: `anywhere-${nodes}`,
    title: `one text anywhere in ${nodes.toLocaleString('en')} nodes`,
    candidates: ['limit' as const, 'djust' as const],
    next: (random: Random, items: Items) => textAt(random, items, [random.int(items.length)]),
  })),
  rows('class-1000', 'one class in 1,000 rows', 1_000, 300, (_, items, step) => ({
    kind: 'mark',
    // 331 and 1,000 have no common factor, so that no row comes twice.
    at: (step * 331 + 500) % items.length,
    mark: 'danger',
  })),
  rows('every10-1000', 'every 10th of 1,000 rows', 1_000, 12, every10),
  rows('every10-10000', 'every 10th of 10,000 rows', 10_000, 4, every10),
  rows('append-100', 'append 100 to 1,000 rows', 1_000, 4, (random, items) => ({
    kind: 'append',
    items: makeItems(random, 100, items.length + 1),
  })),
  rows('remove-first', 'remove the first of 1,000 rows', 1_000, 100, () => ({ kind: 'remove', at: 0 })),
  rows('swap-1000', 'swap rows 2 and 999', 1_000, 100, swap),
  rows('swap-10000', 'swap rows 2 and 9,999', 10_000, 100, swap),
  rows('shuffle-1000', 'shuffle 1,000 rows', 1_000, 3, (random, items) => ({
    kind: 'order',
    from: random.shuffled(items.map((_, at) => at)),
  })),
  rows('replace-1000', 'replace 1,000 rows', 1_000, 3, (random, items, step) => ({
    kind: 'replace',
    items: makeItems(random, items.length, items.length * (step + 1) + 1),
  })),
  {
    id: 'page-300k',
    title: 'a 300 KB page with one change',
    kind: 'page',
    // Sections of 1.1 KB.
    size: 270,
    messages: 150,
    next: (random, items) => textAt(random, items, [random.int(items.length)]),
  },
  {
    id: 'form-50',
    title: 'a message appears in a form of 50 inputs, one with focus and a selection',
    kind: 'form',
    size: 50,
    messages: 30,
    // 7 and 50 have no common factor: every message appears below another field.
    next: (random, items, step) => textAt(random, items, [(step * 7 + 3) % items.length]),
  },
];

/** The field that the user is in. No message of the workload appears below it. */
export const FOCUSED_FIELD = 20;

export interface Story {
  readonly initial: Items;
  readonly changes: readonly Change[];
}

/** The data of a workload: what is there at first, and one change per message, each on the outcome of the one before. */
export function tell({ kind, size, messages, next }: Workload, seed: number): Story {
  const random = createRandom(seed);
  const initial = kind === 'form' ? makeFields(size) : makeItems(random, size, 1);
  const changes: Change[] = [];
  let items: Items = initial;
  for (let step = 0; step < messages; step++) {
    const change = next(random, items, step);
    changes.push(change);
    items = applyChange(items, change);
  }
  return { initial, changes };
}

export function workloadById(id: string): Workload | undefined {
  return WORKLOADS.find((workload) => workload.id === id);
}

function texts(nodes: number): Pick<Workload, 'kind' | 'size' | 'messages'> {
  // An element and its text each. 100 messages in a sample, whatever the size: of fewer, more would find cold caches.
  return { kind: 'texts', size: nodes / 2, messages: nodes > 2_000 ? 300 : 100 };
}

function rows(id: string, title: string, size: number, messages: number, next: Workload['next']): Workload {
  return { id, title, kind: 'rows', size, messages, next };
}

function textAt(random: Random, items: Items, at: readonly number[]): Change {
  const texts = at.map((place) => {
    let text = labelOf(random);
    while (text === items[place]?.text) text = labelOf(random);
    return text;
  });
  return { kind: 'text', at, texts };
}

function every10(random: Random, items: Items): Change {
  const at = Array.from({ length: Math.ceil(items.length / 10) }, (_, index) => index * 10);
  return textAt(random, items, at);
}

/** The second row with the last but one, then the pair inside it, and so on. */
function swap(_: Random, items: Items, step: number): Change {
  return { kind: 'swap', a: 1 + step, b: items.length - 2 - step };
}
