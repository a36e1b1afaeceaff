import { expectSame } from './support/same.ts';
import { expect, open, settled, test } from './support/test.ts';

/** A hook as a page of a djust user brings it, before the client starts. */
const LISTENER = (): void => {
  const page = globalThis as unknown as { DjustHooks: Record<string, object>; calls: unknown[] };
  page.calls = [];
  page.DjustHooks = {
    Listener: {
      mounted(this: { el: Element; handleEvent(name: string, run: (payload: unknown) => void): void }) {
        page.calls.push(['mounted', this.el.id]);
        this.handleEvent('said', (payload) => page.calls.push(['said', payload]));
      },
      updated(this: { el: HTMLElement }) {
        page.calls.push(['updated', this.el.dataset.count]);
      },
      disconnected: () => page.calls.push(['disconnected']),
      reconnected: () => page.calls.push(['reconnected']),
    },
  };
  addEventListener('djust:push_event', (event) => page.calls.push(['window', (event as CustomEvent).detail]));
};

test('a hook hears its element change and what the server pushes', async ({ page, wire }) => {
  await page.addInitScript(LISTENER);
  await open(page, '/messages/');
  const calls = (): Promise<unknown[]> => page.evaluate(() => (globalThis as unknown as { calls: unknown[] }).calls);
  await expect.poll(calls).toEqual([['mounted', 'hooked']]);
  await page.click('#say');
  await expect.poll(calls).toEqual([
    ['mounted', 'hooked'],
    ['updated', '1'],
    ['window', { event: 'said', payload: { count: 1 } }],
    ['said', { count: 1 }],
  ]);
  await page.click('#say_only');
  await expect.poll(calls).toHaveLength(6);
  await expectSame(page, wire);
});

test('what a hook pushes reaches the view, also when the connection is away (W17)', async ({ page, wire, watch }) => {
  watch.allow(/WebSocket/);
  await page.addInitScript(() => {
    (globalThis as unknown as { DjustHooks: object }).DjustHooks = {
      Listener: {
        mounted(this: { pushEvent(event: string, params: object): void }) {
          (globalThis as unknown as { hook: object }).hook = this;
        },
      },
    };
  });
  await open(page, '/messages/');
  await expect.poll(() => page.evaluate(() => 'hook' in globalThis)).toBe(true);
  const push = (text: string): Promise<void> =>
    page.evaluate((said) => {
      (globalThis as unknown as { hook: { pushEvent(name: string, params: object): void } }).hook.pushEvent('hear', {
        text: said,
      });
    }, text);
  await push('one');
  await expect(page.locator('#heard')).toHaveText('one');
  await wire.cut();
  await push('two');
  await expect(page.locator('#heard')).toHaveText('two', { timeout: 20_000 });
  await expectSame(page, wire);
});

test('notices and the title', async ({ page }) => {
  await open(page, '/messages/');
  await page.click('#flash');
  await expect(page.locator('#dj-flash-container')).toContainText('Saved & done');
  await page.click('#rename');
  await expect(page).toHaveTitle('Page 1');
  await expect(page.locator('meta[name=description]')).toHaveAttribute('content', 'new');
});

test('W14: an error ends its own event and no other', async ({ page, wire }) => {
  await open(page, '/messages/');
  const outcomes = await page.evaluate(() =>
    Promise.all(['say', 'boom', 'say', 'missing', 'not_for_pages', 'say'].map((event) => djust.push(event))),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['acked', 'rejected', 'acked', 'rejected', 'rejected', 'acked']);
  await expect(page.locator('#count')).toHaveText('3');
  await expect(page.locator('#dj-flash-container')).not.toContainText('secret');
  await expectSame(page, wire);
});

test('W16: a lock is released by an error too, and the wrong kind of parameter is told', async ({ page }) => {
  await open(page, '/messages/');
  await page.click('#boom');
  await settled(page);
  await expect(page.locator('#boom')).toBeEnabled();
  await expect(page.locator('#boom')).toHaveText('Boom');
  await expect(page.locator('#dj-flash-container')).toContainText('An error occurred');
  await page.click('#strict');
  await settled(page);
  await expect(page.locator('#count')).toHaveText('0');
});

test('a handler that may be called seldom refuses the rest, and the page goes on', async ({ page }) => {
  await open(page, '/messages/');
  const outcomes = await page.evaluate(() => Promise.all([1, 2, 3].map(() => djust.push('seldom'))));
  expect(outcomes.filter(({ status }) => status === 'acked')).toHaveLength(2);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  await page.click('#say');
  await expect(page.locator('#count')).toHaveText('3');
});
