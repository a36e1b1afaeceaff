import type { Page, WebSocketRoute } from '@playwright/test';

type Frame = { type: string; [field: string]: unknown };

/** Stands in the middle of the page's sockets: writes down what passes, and asks the server behind the page's back. */
export class Wiretap {
  readonly sent: Frame[] = [];
  readonly received: Frame[] = [];
  /** Both directions in order. */
  readonly log: string[] = [];
  readonly sockets: { page: WebSocketRoute; server: WebSocketRoute }[] = [];
  #asked: Frame | undefined;
  #html = '';
  #answers: ((frame: Frame) => void)[] = [];

  static async on(page: Page): Promise<Wiretap> {
    const tap = new Wiretap();
    await page.exposeFunction('noteFault', (fault: string) => tap.log.push(`! ${fault}`));
    await page.addInitScript(() => {
      document.addEventListener('djust:error', (event) =>
        (globalThis as unknown as { noteFault(fault: string): void }).noteFault(
          JSON.stringify((event as CustomEvent).detail),
        ),
      );
    });
    await page.routeWebSocket(/\/ws\/live\//, (socket) => {
      const server = socket.connectToServer();
      tap.sockets.push({ page: socket, server });
      socket.onMessage((message) => {
        tap.log.push(`→ ${String(message)}`);
        if (typeof message === 'string') tap.sent.push(JSON.parse(message) as Frame);
        server.send(message);
      });
      server.onMessage((message) => {
        tap.log.push(`← ${String(message)}`);
        const frame = JSON.parse(String(message)) as Frame;
        tap.received.push(frame);
        const isOurs = tap.#answers.length > 0 && (frame.type === 'html_recovery' || frame.recoverable === false);
        if (isOurs) tap.#answers.shift()?.(frame);
        else socket.send(message);
      });
    });
    return tap;
  }

  /** The connection breaks, for both sides. */
  async cut(): Promise<void> {
    const socket = this.sockets.at(-1);
    await socket?.server.close();
    await socket?.page.close({ code: 3006, reason: 'cut by the test' });
  }

  of(type: string): Frame[] {
    return this.received.filter((frame) => frame.type === type);
  }

  sentOf(type: string): Frame[] {
    return this.sent.filter((frame) => frame.type === type);
  }

  /** What the server holds for the page: the inner HTML of the root after its latest versioned frame. It tells only once. */
  async serverHtml(): Promise<string> {
    const latest = this.received.filter(({ type }) => ['mount', 'patch', 'html_update'].includes(type)).at(-1);
    if (latest === this.#asked) return this.#html;
    this.#asked = latest;
    const answer = new Promise<Frame>((resolve) => this.#answers.push(resolve));
    this.sockets.at(-1)?.server.send(JSON.stringify({ type: 'request_html' }));
    const { html } = await answer;
    if (typeof html !== 'string') throw new Error('The server has no HTML to give.');
    this.#html = html;
    return html;
  }
}
