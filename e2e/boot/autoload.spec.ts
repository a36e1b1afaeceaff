import { isLive, open } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

const ADD_ON = '/djust/djust.reorder.min.js';

test('an add-on is loaded once, by the page that needs it @firefox', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/counter');
  await isLive(page);
  await page.goto('/todos');
  await expect.poll(() => asked.filter((path) => path === ADD_ON)).toHaveLength(1);
  const list = page.locator('[dj-reorder]');
  const last = list.locator('> *').last();
  const name = await last.getAttribute('data-key');
  await expect(async () => {
    await last.getByRole('checkbox').press('Alt+ArrowUp');
    expect(await list.locator('> *').last().getAttribute('data-key')).not.toBe(name);
  }).toPass();
  expect(asked.filter((path) => path === ADD_ON)).toHaveLength(1);
});

test('an add-on is asked for beside the handshake, so that an early click finds it', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  // A server that never answers.
  await page.routeWebSocket(/./, () => undefined);
  await page.goto('/todos');
  await expect.poll(() => asked).toContain(ADD_ON);
  expect(await page.evaluate(() => djust.phase)).not.toBe('live');
});

test('an add-on that does not come is reported, and asked for again at the next need', async ({ page, watch }) => {
  let asked = 0;
  await page.route(`**${ADD_ON}`, (route) => (asked++ === 0 ? route.abort() : route.continue()));
  await page.addInitScript(() => {
    document.addEventListener('djust:error', (event) => {
      const { code, at } = (event as CustomEvent<{ code: string; at: string }>).detail;
      document.documentElement.dataset.fault = `${code} ${new URL(at).pathname}`;
    });
  });
  await page.goto('/todos');
  await expect(page.locator('html')).toHaveAttribute('data-fault', `client/add-on ${ADD_ON}`);
  // A list that is patched in anew is the next need.
  await page.evaluate(() => {
    const root = document.querySelector('[dj-view]') as Element;
    document.dispatchEvent(new CustomEvent('djust:view-mounted', { detail: { root, outcome: 'mounted' } }));
  });
  await expect.poll(() => asked).toBe(2);
  watch.allow(/ERR_FAILED/);
});

test('what the server pushes reaches every add-on that takes it, also where no element asks for one', async ({
  page,
}) => {
  let push = (_: object): void => {};
  await page.routeWebSocket(/./, (socket) => {
    socket.connectToServer();
    push = (frame) => socket.send(JSON.stringify(frame));
  });
  await open(page, '/counter');
  await page.evaluate(() => {
    addEventListener('djust:push_event', (event) => {
      document.documentElement.dataset.said = (event as CustomEvent<{ event: string }>).detail.event;
    });
  });
  push({ type: 'push_event', event: 'said', payload: {} });
  await expect(page.locator('html')).toHaveAttribute('data-said', 'said');
  // The last of them brings the commands.
  await expect.poll(() => page.evaluate(() => 'js' in djust)).toBe(true);
});
