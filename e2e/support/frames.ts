import type { Page } from '@playwright/test';

export type Frame = { type: string; [field: string]: unknown };

/** What went over the sockets of a page. Only Chromium tells; set up before the page is opened. */
export interface Frames {
  readonly sockets: number;
  readonly sent: readonly Frame[];
  readonly received: readonly Frame[];
  /** Received frames of one type. */
  of(type: string): Frame[];
  /** Forgets what was said so far. */
  clear(): void;
}

export function recordFrames(page: Page): Frames {
  const sent: Frame[] = [];
  const received: Frame[] = [];
  let sockets = 0;
  page.on('websocket', (socket) => {
    sockets++;
    socket.on('framesent', ({ payload }) => sent.push(JSON.parse(String(payload))));
    socket.on('framereceived', ({ payload }) => received.push(JSON.parse(String(payload))));
  });
  return {
    sent,
    received,
    get sockets() {
      return sockets;
    },
    of: (type) => received.filter((frame) => frame.type === type),
    clear: () => {
      sent.length = 0;
      received.length = 0;
    },
  };
}
