import type { Page } from 'playwright-core';
import type { Kind } from './page.ts';

/** What the events of one block took, in milliseconds: each patch, and the message that brought it where that is known. */
export interface Block {
  readonly patch: number[];
  readonly message: number[];
}

interface Client {
  push(event: string): Promise<unknown>;
  settled(): Promise<void>;
}

interface Panel {
  open(tab: string): void;
  shown(tab: string): Promise<void>;
  close(): void;
  dispose(): void;
}

const WARM = 3;

/** One kind after the other makes its events; all of it in one call, which costs the machine one way there and back. */
export const takeTurns = (
  page: Page,
  kinds: readonly Kind[],
  { events, everyMs }: { readonly events: number; readonly everyMs: number },
): Promise<Block[]> =>
  page.evaluate(
    async ([order, count, pauseMs, warm]) => {
      const { djust, benchSocket } = globalThis as unknown as { djust: Client; benchSocket?: { took: number[] } };
      const { startDevtools } = (await import('/djust-devtools/djust-devtools.js' as string)) as {
        startDevtools(options?: { isOpen?: boolean }): Panel;
      };
      let patch: number[] = [];
      let from = 0;
      // Methods: the compiler of the benchmark wraps functions with a name into one that the page does not have.
      const on = {
        before() {
          from = performance.now();
        },
        after() {
          patch.push(performance.now() - from);
        },
        async become(kind: string) {
          const panel = startDevtools({ isOpen: false });
          if (kind === 'absent') panel.dispose();
          if (kind === 'closed') panel.close();
          if (kind === 'open') {
            panel.open('events');
            await panel.shown('events');
          }
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 5)));
        },
        async make(wanted: number) {
          for (let at = 0; at < wanted; at++) {
            void djust.push('turn');
            if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
          }
          await djust.settled();
        },
      };
      // On the window while it goes down and while it comes back up: what others do on the document lies between.
      addEventListener('djust:before-patch', on.before, { capture: true });
      addEventListener('djust:patched', on.after);
      const blocks: { patch: number[]; message: number[] }[] = [];
      for (const kind of order) {
        await on.become(kind);
        await on.make(warm);
        patch = [];
        benchSocket?.took.splice(0);
        await on.make(count);
        blocks.push({ patch, message: benchSocket?.took.splice(0) ?? [] });
      }
      removeEventListener('djust:before-patch', on.before, { capture: true });
      removeEventListener('djust:patched', on.after);
      return blocks;
    },
    [kinds, events, everyMs, WARM] as const,
  );
