import type { Page } from 'playwright-core';
import { become, makeEvents } from './page.ts';

/** Twice the turns after which the table changes the same rows again: a text that is set is never the one that is there. */
const ANSWERS = 40;

/**
 * A socket that can answer events itself, with frames that the real server sent before. It is text: the compiler of the
 * benchmark would bring names into it that the page does not have.
 */
const LOCAL_SOCKET = `
  const state = { answers: [], told: [], isLocal: false, isWatched: false, next: 0, version: 0, took: [] };
  globalThis.benchSocket = state;
  globalThis.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (state.isLocal) return;
        if (data.startsWith('{"type":"dev:event"')) state.told.push(JSON.parse(data));
        if (!data.startsWith('{"type":"patch"')) return;
        const frame = JSON.parse(data);
        state.answers.push(frame);
        state.version = frame.version;
      });
    }
    send(data) {
      if (/^{"type":"dev:(un)?subscribe"/.test(data)) state.isWatched = data.includes('dev:s');
      if (!state.isLocal || !String(data).startsWith('{"type":"event"')) return super.send(data);
      const { ref } = JSON.parse(data);
      const at = state.next++ % state.answers.length;
      const text = JSON.stringify({ ...state.answers[at], version: ++state.version, ref, ack: ref });
      const told = state.isWatched && JSON.stringify({ ...state.told[at], ref });
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        const from = performance.now();
        this.dispatchEvent(new MessageEvent('message', { data: text }));
        state.took.push(performance.now() - from);
        if (told) this.dispatchEvent(new MessageEvent('message', { data: told }));
      };
      port2.postMessage(0);
    }
  };
`;

/** To be called before the page is opened. */
export const withLocalSocket = (page: Page): Promise<unknown> => page.addInitScript({ content: LOCAL_SOCKET });

/**
 * From now on the page answers its own events, and tells an open panel what the server told of them. A patch is put in place as ever; what is gone is the network and the server,
 * whose time says nothing about it and of which a busy machine makes the most.
 */
export async function answerLocally(page: Page): Promise<void> {
  await become(page, 'open');
  await makeEvents(page, ANSWERS);
  const held = await page.evaluate(() => {
    const { benchSocket } = globalThis as unknown as {
      benchSocket: { answers: unknown[]; told: unknown[]; isLocal: boolean };
    };
    benchSocket.isLocal = true;
    return [benchSocket.answers.length, benchSocket.told.length];
  });
  if (held.some((count) => count !== ANSWERS)) throw new Error(`${held} frames were kept, not ${ANSWERS} of each kind`);
}
