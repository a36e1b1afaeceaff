import { expect } from '@playwright/test';
import { ends, make, quiet, shown, stored, streams } from '../../bench/src/chaos/tab.ts';
import { LIMITS } from '../../packages/protocol/src/limits.ts';
import { click, cutOff, reconnect, inWorld as test } from './in-world.ts';

const MS = 60_000;

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

test('of events about the same thing the last one waits, in its place among the others', async ({ page, world }) => {
  await cutOff(page, world);
  for (const name of ['Row a', 'Row b', 'Queue', 'Row a']) await click(page, name);
  await reconnect(page, world);
  expect(await shown(page)).toEqual(['b', 'queued', 'a']);
  expect(Object.fromEntries(await ends(page))).toEqual({
    a: ['rejected outbox/replaced', 'acked'],
    b: ['acked'],
    queued: ['acked'],
  });
});

test('at the cap the new one is refused, and those before it are done when the site is back', async ({
  page,
  world,
}) => {
  test.setTimeout(180_000);
  await cutOff(page, world);
  const names = Array.from({ length: LIMITS.outboxEvents }, (_, at) => `full${at}`);
  await make(page, names);
  await click(page, 'Queue');
  await expect(page.getByRole('log')).toContainText('Too many actions are waiting. This action was not taken.');
  await expect(page.getByRole('status')).toContainText(`${LIMITS.outboxEvents} actions waiting.`);
  expect(Object.fromEntries(await ends(page))).toEqual({ queued: ['rejected outbox/full'] });
  await reconnect(page, world);
  expect(await shown(page)).toEqual(names);
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
  const text = JSON.stringify(await streams(page));
  expect(text).toContain('queued');
  expect(text).not.toContain('secret');
  world.line.isDown = false;
  await page.reload();
  await quiet(page, MS);
  await expect.poll(() => shown(page)).toEqual(['queued']);
  expect((await ends(page)).get('undefined')).toEqual(['rejected session/lost']);
});
