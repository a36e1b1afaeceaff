import { expectSame } from './support/same.ts';
import { expect, open, settled, test } from './support/test.ts';

test('a view that is sticky goes along to the next page, with what is in it, and is heard there', async ({
  page,
  wire,
}) => {
  await open(page, '/album/');
  await page.evaluate(() => {
    const page = globalThis as unknown as { heard: unknown[] };
    page.heard = [];
    for (const name of ['preserved', 'unmounted'])
      document.addEventListener(`djust:sticky-${name}`, (event) =>
        page.heard.push([name, (event as CustomEvent<{ sticky_id: string }>).detail.sticky_id]),
      );
  });
  await page.click('#play');
  await expect(page.locator('#played')).toHaveText('1');
  await page.fill('#kept', 'typed');
  for (const [link, title] of [
    ['#artist', 'Artist'],
    ['#album', 'Album'],
  ] as const) {
    await page.click(link);
    await expect(page.locator('h1')).toHaveText(title);
    await expect(page.locator('#kept')).toHaveValue('typed');
    await page.click('#add');
    await expect(page.locator('#count')).toHaveText('1');
    await expect(page.locator('#kept')).toHaveValue('typed');
  }
  await page.click('#play');
  await expect(page.locator('#played')).toHaveText('2');
  expect(await page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard)).toEqual([
    ['preserved', 'player'],
    ['preserved', 'player'],
  ]);
  expect(wire.of('sticky_hold').map(({ views }) => views)).toEqual([['player'], ['player']]);
  expect(wire.sentOf('request_html')).toEqual([]);
});

test('rows of a virtual list are changed by key, and nothing is recovered', async ({ page, wire }) => {
  await open(page, '/long/');
  const kept = await page.$('[data-key="7"]');
  for (let time = 0; time < 3; time++) {
    await page.click('#change');
    await settled(page);
    expect(wire.sentOf('request_html')).toEqual([]);
  }
  const ops = wire.of('patch').flatMap(({ patches }) => (patches as { type: string }[]).map(({ type }) => type));
  expect(ops).toEqual(expect.arrayContaining(['VirtualRemove', 'VirtualMove', 'VirtualInsert', 'VirtualUpdate']));
  await expectSame(page, wire);
  expect(await kept?.evaluate((element) => element.isConnected)).toBe(true);
});

// The template engine of djust knows `dj_activity` once another page has loaded the library of tags.
test.beforeEach(({ page }) => page.request.get('/called/').then(() => undefined));

test('a panel that was hidden is up to date when it shows, and says so', async ({ page, wire }) => {
  await open(page, '/panels/');
  const shown = page.evaluate(
    () =>
      new Promise((resolve) =>
        document.addEventListener('djust:activity-shown', (event) =>
          resolve((event as CustomEvent<{ name: string }>).detail.name),
        ),
      ),
  );
  const isVisible = (): Promise<unknown> =>
    page.evaluate(() => (djust as unknown as { activityVisible(name: string): boolean }).activityVisible('panel'));
  await page.click('#toggle');
  await expect(page.locator('#inside')).toBeHidden();
  expect(await isVisible()).toBe(false);
  expect(await page.evaluate(() => djust.push('add'))).toMatchObject({ status: 'acked' });
  await page.click('#toggle');
  await expect(page.locator('#inside')).toBeVisible();
  await expect(page.locator('#inside')).toHaveText('1');
  expect(await shown).toBe('panel');
  expect(await isVisible()).toBe(true);
  await expectSame(page, wire);
});

test('another layout comes around the view, which stays the same element with what is typed', async ({
  page,
  wire,
}) => {
  await open(page, '/panels/');
  const root = await page.$('[dj-view]');
  await page.fill('[name=kept]', 'typed');
  const changed = page.evaluate(
    () =>
      new Promise((resolve) =>
        document.addEventListener('djust:layout-changed', (event) =>
          resolve((event as CustomEvent<{ path: string }>).detail.path),
        ),
      ),
  );
  await page.click('#widen');
  await expect(page.locator('#wide')).toBeVisible();
  await expect(page.locator('#foot')).toBeVisible();
  await expect(page.locator('#narrow')).toHaveCount(0);
  await expect(page.locator('body')).toHaveClass(/wide/);
  expect(await changed).toBe('wide.html');
  expect(await root?.evaluate((element) => element.isConnected)).toBe(true);
  await expect(page.locator('[name=kept]')).toHaveValue('typed');
  await page.click('#toggle');
  await expect(page.locator('#inside')).toBeHidden();
  await expectSame(page, wire);
});

test('an answer that could be cached is asked for again, and so it is always right', async ({ page, wire }) => {
  await open(page, '/panels/');
  for (const name of ['cats', 'dogs', 'cats']) {
    await page.click(`#${name}`);
    await expect(page.locator('#found')).toHaveText(`about ${name}`);
  }
  expect(wire.of('mount')[0]).toHaveProperty('cache_config');
  await expectSame(page, wire);
});

for (const mode of ['viewport', 'click', 'hover', 'idle']) {
  test(`W30: a lazy view is mounted when it is called (${mode}), and not before`, async ({ page, wire }) => {
    await page.goto(`/several/${mode}/`);
    await page.waitForFunction(() => 'liveViewInstance' in djust);
    if (mode === 'click' || mode === 'hover') {
      expect(wire.sockets).toHaveLength(0);
      await page.locator('#near')[mode]();
    }
    await page.click('#near .grow');
    await page.click('#near .grow');
    await expect(page.locator('#near .count')).toHaveText('2');
  });
}

test('W29: a second view on the page does not silence the first', async ({ page, wire }) => {
  await page.goto('/several/viewport/');
  await page.click('#near .grow');
  await expect(page.locator('#near .count')).toHaveText('1');
  await page.locator('#far').scrollIntoViewIfNeeded();
  await page.click('#near .grow');
  await expect(page.locator('#near .count')).toHaveText('2');
  expect(wire.sentOf('mount')).toHaveLength(1);
  await expect(page.locator('#far')).toHaveText('Later');
});
