import type { Page } from 'playwright-core';
import { makeEvents } from './page.ts';

/** Twice the turns after which the table changes the same rows again: a text that is set is never the one that is there. */
const ANSWERS = 40;

/**
 * A socket that can answer events itself, with frames that the real server sent before. It is text: the compiler of the
 * benchmark would bring names into it that the page does not have.
 */
const LOCAL_SOCKET = `
  const state = { answers: [], isLocal: false, next: 0, version: 0, took: [] };
  globalThis.benchSocket = state;
  globalThis.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (state.isLocal || !data.startsWith('{"type":"patch"')) return;
        const frame = JSON.parse(data);
        state.answers.push(frame);
        state.version = frame.version;
      });
    }
    send(data) {
      if (!state.isLocal || !String(data).startsWith('{"type":"event"')) return super.send(data);
      const { ref } = JSON.parse(data);
      const answer = state.answers[state.next++ % state.answers.length];
      const text = JSON.stringify({ ...answer, version: ++state.version, ref, ack: ref });
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        const from = performance.now();
        this.dispatchEvent(new MessageEvent('message', { data: text }));
        state.took.push(performance.now() - from);
      };
      port2.postMessage(0);
    }
  };
`;

/** To be called before the page is opened. */
export const withLocalSocket = (page: Page): Promise<unknown> => page.addInitScript({ content: LOCAL_SOCKET });

/**
 * From now on the page answers its own events. A patch is put in place as ever; what is gone is the network and the server,
 * whose time says nothing about it and of which a busy machine makes the most.
 */
export async function answerLocally(page: Page): Promise<void> {
  await makeEvents(page, ANSWERS);
  const held = await page.evaluate(() => {
    const { benchSocket } = globalThis as unknown as { benchSocket: { answers: unknown[]; isLocal: boolean } };
    benchSocket.isLocal = true;
    return benchSocket.answers.length;
  });
  if (held !== ANSWERS) throw new Error(`${held} answers were kept, not ${ANSWERS}`);
}
