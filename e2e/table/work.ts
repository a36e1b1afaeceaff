import { OP, OP_ARITY } from '@djust/protocol';
import type { Page } from '@playwright/test';
import { type Frame, recordFrames } from '../support/frames.ts';
import { open, settled } from '../support/page.ts';

/** What one operation cost: the operations on the wire, and what the client says that it did. */
export interface Work {
  frames: number;
  /** Codes of the single operations, in order. */
  codes: number[];
  touched: number;
  added: number;
  removed: number;
  /** Rows that are other nodes than before, in their order; rows are named by their number. */
  newRows: string[];
}

type Stamped = Element & { stamp?: boolean };

/** Opens a table and answers a function that clicks a button and measures what comes of it. */
export async function measured(page: Page, rows: number): Promise<(act: () => Promise<void>) => Promise<Work>> {
  const frames = recordFrames(page);
  await open(page, `/table?rows=${rows}`);
  await page.evaluate(() => {
    document.addEventListener('djust:patched', (event) => {
      const { touched, added, removed } = (event as CustomEvent<{ touched: number; added: Node[]; removed: Node[] }>)
        .detail;
      Object.assign(globalThis, { work: { touched, added: added.length, removed: removed.length } });
    });
  });
  return async (act) => {
    await page.evaluate(() => {
      for (const row of document.querySelectorAll<Stamped>('tbody tr')) row.stamp = true;
    });
    frames.clear();
    await act();
    await settled(page);
    const patches = frames.of('patch');
    const done = await page.evaluate(() => ({
      ...(globalThis as unknown as { work: Pick<Work, 'touched' | 'added' | 'removed'> }).work,
      newRows: [...document.querySelectorAll<Stamped>('tbody tr')]
        .filter((row) => !row.stamp)
        .map((row) => row.firstElementChild?.textContent ?? ''),
    }));
    return { frames: patches.length, codes: patches.flatMap(codesOf), ...done };
  };
}

/** A group is a code and the arguments of a run of operations of that kind; moves name one place, then what goes there. */
function codesOf({ ops }: Frame): number[] {
  return (ops as [number, ...unknown[]][]).flatMap(([code, ...args]) => {
    const isMove = code === OP.move || code === OP.moveAfter;
    return new Array<number>(isMove ? args.length - 1 : args.length / (OP_ARITY[code] ?? 1)).fill(code);
  });
}
