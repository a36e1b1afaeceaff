import { OP } from '@djust/protocol';
import type { Key } from '../view/html.ts';
import { type Entry, entriesOf, type RowSource } from '../view/list.ts';
import type { Row } from '../view/tree.ts';
import { staying } from './keyed.ts';
import { Newcomers, type Update } from './newcomers.ts';

export interface RowChange {
  readonly old: Row[];
  readonly source: RowSource;
  readonly container: string;
  /** Brings an old row up to the new one at a place. False when the old row cannot show that. */
  readonly continues: (row: Row, at: number) => boolean;
}

/**
 * Rows keep their nodes by key: the longest run in order stays, the others move behind their new neighbour. What stays at
 * both ends is found on the way there; only what lies between is looked up and sorted.
 * @returns the rows as they are now
 */
export function updateRows({ old, source, container, continues }: RowChange, update: Update): Row[] {
  const isSame = (row: Row, at: number): boolean => row.key === source.key(at) && continues(row, at);
  let start = 0;
  let oldEnd = old.length;
  let end = source.length;
  while (start < oldEnd && start < end && isSame(old[start] as Row, start)) start++;
  while (start < oldEnd && start < end && isSame(old[oldEnd - 1] as Row, end - 1)) {
    oldEnd--;
    end--;
  }
  if (start === oldEnd && start === end) return old;

  const head = old.slice(0, start);
  const tail = old.slice(oldEnd);
  const taken = new Set<Key>();
  if (start < end) for (const rows of [head, tail]) for (const { key } of rows) taken.add(key);
  const middle: Middle = {
    old: old.slice(start, oldEnd),
    entries: entriesOf(source, { start, end }, taken, update.renderer.warn),
    continues: (row, at) => continues(row, start + at),
    container,
    before: head.at(-1)?.id,
    isWhole: oldEnd - start === old.length,
  };
  return [...head, ...updateMiddle(middle, update), ...tail];
}

/** The rows between those that stay at both ends. */
interface Middle {
  readonly old: readonly Row[];
  readonly entries: readonly Entry[];
  readonly continues: (row: Row, at: number) => boolean;
  readonly container: string;
  /** Id of the row before them. */
  readonly before: string | undefined;
  /** They are all rows of the list. */
  readonly isWhole: boolean;
}

function updateMiddle({ old, entries, continues, container, before, isWhole }: Middle, update: Update): Row[] {
  const { out } = update;
  const places = new Map(old.map(({ key }, place) => [key, place]));
  const from = entries.map(({ key }, at) => {
    const place = places.get(key);
    return place !== undefined && continues(old[place] as Row, at) ? place : -1;
  });
  const kept = new Set(from);
  const newcomerCount = from.reduce((sum, place) => sum + (place < 0 ? 1 : 0), 0);
  // When nothing stays, the first new rows take the place of the whole list.
  const isAnew = isWhole && old.length > 0 && newcomerCount === entries.length;
  if (isAnew && entries.length === 0) out.push(OP.html, container, '');
  if (!isAnew) {
    old.forEach((row, place) => {
      if (!kept.has(place)) out.push(OP.remove, row.id);
    });
  }

  const stays = staying(from);
  let anchor = before;
  const newcomers = new Newcomers(update, container, newcomerCount, (piece, lastId) => {
    if (anchor !== undefined) out.push(OP.insertAfter, anchor, piece);
    else out.push(isAnew ? OP.html : OP.insert, container, piece);
    anchor = lastId;
  });
  const placed = entries.map((entry, at) => {
    const row = old[from[at] as number];
    if (!row) return newcomers.add(entry);
    newcomers.end();
    if (!stays[at]) out.move(row.id, anchor, container);
    anchor = row.id;
    return row;
  });
  newcomers.end();
  return placed;
}
