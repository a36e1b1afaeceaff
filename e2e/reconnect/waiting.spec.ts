import { expect, type Page } from '@playwright/test';
import type { World } from '../../bench/src/chaos/run.ts';
import { ends, prepare, quiet, shown, stored } from '../../bench/src/chaos/tab.ts';
import { addOn, phase } from '../support/page.ts';
import { inWorld as test } from './in-world.ts';

const MS = 60_000;

const click = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** A page that is live and has all that it needs to wait, and then loses its line. */
async function cutOff(page: Page, world: World): Promise<void> {
  await prepare(page.context());
  await page.goto(`${world.line.origin}/log`);
  await quiet(page, MS);
  await addOn(page, 'outbox');
  await addOn(page, 'waiting');
  world.line.isDown = true;
  world.line.cut();
  await expect.poll(() => phase(page)).toBe('waiting');
}

async function reconnect(page: Page, world: World): Promise<void> {
  world.line.isDown = false;
  await quiet(page, MS);
}

test.afterEach(({ world }) => {
  world.line.isDown = false;
});

test('each event waits as its element says, and has one end', async ({ page, world }) => {
  await cutOff(page, world);
  for (const name of ['Queue', 'Drop', 'Latest: old', 'Latest: new', 'Queue']) await click(page, name);
  await reconnect(page, world);
  // Keys are names, so the list shows the second "queued" as well.
  expect(await shown(page)).toEqual(['queued', 'new', 'queued']);
  expect(Object.fromEntries(await ends(page))).toEqual({
    queued: ['acked', 'acked'],
    dropped: ['rejected outbox/dropped'],
    old: ['rejected outbox/replaced'],
    new: ['acked'],
  });
});

test('what waits too long is not sent, and that is told when its time is over', async ({ page, world }) => {
  await page.clock.install();
  await cutOff(page, world);
  await click(page, 'Short-lived');
  await click(page, 'Queue');
  await page.clock.runFor(61_000);
  await expect.poll(async () => Object.fromEntries(await ends(page))).toEqual({ short: ['rejected outbox/expired'] });
  await reconnect(page, world);
  expect(await shown(page)).toEqual(['queued']);
});

for (const isWanted of [true, false])
  test(`a late event asks the user, who ${isWanted ? 'still wants it' : 'does not want it any more'}`, async ({
    page,
    world,
  }) => {
    const asked: string[] = [];
    page.on('dialog', async (dialog) => {
      asked.push(dialog.message());
      await (isWanted ? dialog.accept() : dialog.dismiss());
    });
    await cutOff(page, world);
    await click(page, 'Confirm');
    await click(page, 'Queue');
    await reconnect(page, world);
    expect(asked).toEqual(['add?']);
    expect(await shown(page)).toEqual(isWanted ? ['asked', 'queued'] : ['queued']);
    expect((await ends(page)).get('asked')).toEqual([isWanted ? 'acked' : 'rejected cancelled']);
  });

test('what must not be stored is not, and after a reload the user is told that it is lost', async ({ page, world }) => {
  await cutOff(page, world);
  await click(page, 'Secret');
  await click(page, 'Queue');
  await expect.poll(() => stored(page)).toBe(2);
  const text = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const asked = indexedDB.open('djust-outbox');
        asked.onsuccess = () => {
          const all = asked.result.transaction('djust-outbox').objectStore('djust-outbox').getAll();
          all.onsuccess = () => resolve(JSON.stringify(all.result));
        };
      }),
  );
  expect(text).toContain('queued');
  expect(text).not.toContain('secret');
  world.line.isDown = false;
  await page.reload();
  await quiet(page, MS);
  await expect.poll(() => shown(page)).toEqual(['queued']);
  expect((await ends(page)).get('undefined')).toEqual(['rejected session/lost']);
});
