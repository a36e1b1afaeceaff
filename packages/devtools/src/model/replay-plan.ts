/** How fast a sequence is replayed, beside how it was; 0 is without any pause. */
export const SPEEDS: readonly (readonly [speed: number, text: string])[] = [
  [0, 'without pauses'],
  [1, 'as fast as it was'],
  [4, 'four times as fast'],
];

/** Nobody waits longer than that for the next step, however long the pause was. */
const LONGEST_MS = 5_000;

export interface Step<T> {
  readonly item: T;
  /** Before it, and behind the one in front of it. */
  readonly waitMs: number;
}

/** Things in their order, with the pauses that lay between them. */
export function replayPlan<T>(items: readonly T[], timeOf: (item: T) => number, speed: number): Step<T>[] {
  const inOrder = [...items].sort((a, b) => timeOf(a) - timeOf(b));
  return inOrder.map((item, place) => {
    const before = inOrder[place - 1];
    const gap = before === undefined || speed <= 0 ? 0 : (timeOf(item) - timeOf(before)) / speed;
    return { item, waitMs: Math.min(LONGEST_MS, gap) };
  });
}
