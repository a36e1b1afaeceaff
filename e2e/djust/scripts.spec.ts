import type { Page } from '@playwright/test';
import { expect, open, test } from './support/test.ts';

/** What the scripts of a page written for the stock client call. */
interface Scripts {
  liveViewInstance: {
    sendEvent(event: string, params?: object): boolean;
    sendMessage(frame: object): boolean;
    viewMounted: boolean;
  };
  handleEvent(event: string, params?: object): Promise<{ status: string }>;
  applyPatches(patches: object[]): Promise<boolean>;
  navigation: { handleNavigation(frame: object): void };
  uploads: { cancelUpload(ref: string): boolean };
  call(view: string, name: string, params?: object): Promise<unknown>;
}

const scripts = <T, A = undefined>(page: Page, run: (djust: Scripts, given: A) => T, given?: A): Promise<Awaited<T>> =>
  page.evaluate(
    ([body, one]) => {
      const use = new Function(`return (${body})(...arguments)`) as (djust: unknown, given: unknown) => T;
      return use(djust, one);
    },
    [run.toString(), given] as const,
  ) as Promise<Awaited<T>>;

test('liveViewInstance and handleEvent send events, and say whether the view is there', async ({ page, wire }) => {
  await open(page, '/called/');
  expect(await scripts(page, ({ liveViewInstance }) => liveViewInstance.viewMounted)).toBe(true);
  expect(await scripts(page, ({ liveViewInstance }) => liveViewInstance.sendEvent('add', { by: 2 }))).toBe(true);
  await expect(page.locator('#count')).toHaveText('2');
  expect(await scripts(page, ({ handleEvent }) => handleEvent('tell', { text: 'heard' }))).toMatchObject({
    status: 'acked',
  });
  await expect(page.locator('#told')).toHaveText('heard');
  await scripts(page, ({ liveViewInstance }) => liveViewInstance.sendMessage({ type: 'ping' }));
  await expect.poll(() => wire.of('pong').length).toBe(1);
});

test('call asks a function of the server, with the token against forgery, and says what is wrong', async ({
  page,
  watch,
}) => {
  watch.allow(/404/);
  await open(page, '/called/');
  expect(await scripts(page, ({ call }) => call('called', 'double', { number: 21 }))).toBe(42);
  const refused = await scripts(page, ({ call }) =>
    call('called', 'missing').catch(({ status, code }) => ({ status, code })),
  );
  expect(refused).toMatchObject({ status: 404 });
});

test('patches of a script are applied to the view, and refused when they do not fit', async ({ page }) => {
  await open(page, '/called/');
  const patch = (path: number[]): object => ({ type: 'SetText', path, text: 'by a script' });
  expect(await scripts(page, ({ applyPatches }, patches) => applyPatches(patches), [patch([99])])).toBe(false);
  const insert = { type: 'SetAttr', path: [0], key: 'title', value: 'by a script' };
  expect(await scripts(page, ({ applyPatches }, patches) => applyPatches(patches), [insert])).toBe(true);
  await expect(page.locator('#count')).toHaveAttribute('title', 'by a script');
});

test('a script navigates, and hears when it begins and ends', async ({ page }) => {
  await open(page, '/oslo/');
  await page.evaluate(() => {
    const page = globalThis as unknown as { heard: string[] };
    page.heard = [];
    for (const name of ['navigate-start', 'navigate-end', 'ws-reconnected'])
      document.addEventListener(`djust:${name}`, () => page.heard.push(name));
    addEventListener('djust:before-navigate', (event) =>
      page.heard.push(new URL((event as CustomEvent<{ toUrl: string }>).detail.toUrl).pathname),
    );
  });
  await scripts(page, ({ navigation }) =>
    navigation.handleNavigation({ action: 'live_redirect', path: '/rome/', replace: false }),
  );
  await expect(page.locator('h1')).toHaveText('Rome');
  expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual([
    'navigate-start',
    '/rome/',
    'navigate-end',
  ]);
});

test('ws-reconnected is told when the view is there again', async ({ page, wire, watch }) => {
  watch.allow(/WebSocket/);
  await open(page, '/called/');
  const back = page.evaluate(
    () =>
      new Promise((resolve) =>
        document.addEventListener('djust:ws-reconnected', () => resolve(djust.phase), { once: true }),
      ),
  );
  await wire.cut();
  expect(await back).toBe('live');
});

test('an upload that a script cancels ends', async ({ page, wire }) => {
  await open(page, '/uploads/');
  const buffer = Buffer.alloc(5_000_000, 7);
  await page.setInputFiles('[type=file]', { name: 'big.bin', mimeType: 'application/octet-stream', buffer });
  await expect.poll(() => wire.of('upload_registered').length, { timeout: 20_000 }).toBe(1);
  const [registered] = wire.of('upload_registered');
  await scripts(page, ({ uploads }, ref) => uploads.cancelUpload(ref), `${registered?.ref}`);
  const told = (): unknown[] => wire.of('upload_progress').map(({ status }) => status);
  await expect.poll(told, { timeout: 20_000 }).toContain('cancelled');
  expect(told()).not.toContain('complete');
});
