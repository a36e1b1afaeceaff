import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { Line } from './line.ts';

/** Long enough to arrive after what is sent behind it, if anything could. */
const SLOW_MS = 200;

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const each of open.splice(0).reverse()) each.close();
});

/** A line to a site that says again what it hears, and a browser's end of it that has asked for a WebSocket. */
async function echoing(): Promise<{ line: Line; browser: Socket; heard: () => string }> {
  const site = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
  await once(site, 'listening');
  open.push(site);
  const line = await Line.open(() => (site.address() as AddressInfo).port);
  open.push(line);
  const browser = connect(Number(new URL(line.origin).port), '127.0.0.1').setNoDelay(true);
  let text = '';
  browser.setEncoding('latin1').on('data', (piece) => {
    text += piece;
  });
  browser.write('upgrade: websocket\r\n');
  await expect.poll(() => text).toContain('websocket');
  text = '';
  return { line, browser, heard: () => text };
}

/** Writes, and lets the line read it as a piece of its own: what was written lies with it, and it reads once in every turn. */
async function arrival(browser: Socket, text: string): Promise<void> {
  await new Promise<unknown>((go) => browser.write(text, go));
  for (let turn = 0; turn < 2; turn++) await new Promise((go) => setImmediate(go));
}

it('a narrow line lets little through at a time, and all of it', async () => {
  const { line, browser, heard } = await echoing();
  line.bytesPerSecond = 1_000;
  const text = 'a'.repeat(SLOW_MS);
  const from = performance.now();
  browser.write(text);
  await expect.poll(heard, { timeout: 10_000 }).toBe(text);
  // There and back; timers may be a millisecond early.
  expect(performance.now() - from).toBeGreaterThan(2 * SLOW_MS - 4);
});

it('a delay that ends lets nothing overtake', async () => {
  const { line, browser, heard } = await echoing();
  line.delayMs = SLOW_MS;
  await arrival(browser, 'a');
  line.delayMs = 0;
  browser.write('b');
  await expect.poll(heard, { timeout: 10_000 }).toBe('ab');
});
