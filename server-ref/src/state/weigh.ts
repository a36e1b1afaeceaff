/** About as many characters as the JSON of a value has, without writing it. Plain data only. */
export function weigh(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') return 8;
  if (typeof value !== 'object' || value === null) return 4;
  let sum = 2;
  if (Array.isArray(value)) {
    for (const item of value) sum += weigh(item) + 1;
    return sum;
  }
  for (const key in value) sum += key.length + 4 + weigh((value as Record<string, unknown>)[key]);
  return sum;
}

/** The fields that take up most, largest first. */
export function largestFields(state: object, count = 5): { field: string; bytes: number }[] {
  return Object.entries(state)
    .map(([field, value]) => ({ field, bytes: weigh(value) }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, count);
}
