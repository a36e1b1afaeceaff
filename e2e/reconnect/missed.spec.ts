import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { GalleryProcess } from '../support/gallery-process.ts';
import { isBack, open, settled } from '../support/page.ts';
import { expect, test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';
import { Wire } from '../support/wire.ts';

const RINGS = 100;
const OUTAGE_MS = 2_000;
/** What a resume may cost besides the frames that were missed. */
const ENVELOPE_BYTES = 200;

/** All that a user has done to the page and no server knows of. */
const place = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const [field, details, list] = ['input[name=draft]', 'details', 'ol[tabindex]'].map((selector) =>
      document.querySelector(selector),
    ) as [HTMLInputElement, HTMLDetailsElement, HTMLElement];
    return {
      focus: document.activeElement === field,
      draft: field.value,
      selection: [field.selectionStart, field.selectionEnd],
      isOpen: details.open,
      scroll: list.scrollTop,
    };
  });

test('a hundred patches that were missed come as such: no mount, and the user stays where he is', async ({
  page,
  context,
  flavour,
  watch,
}) => {
  test.setTimeout(60_000);
  watch.allow(Watch.CUT);
  const gallery = await new GalleryProcess(flavour, {
    VIEW: fileURLToPath(new URL('ticker.ts', import.meta.url)),
  }).start();
  const wire = await Wire.to(gallery.origin);
  try {
    const received: string[] = [];
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => received.push(String(payload))));
    await open(page, `${wire.origin}/view`);
    const other = await context.newPage();
    await open(other, `${gallery.origin}/view`);
    const ring = (times: number): Promise<void> =>
      other.evaluate(
        async ([count, pauseMs]) => {
          for (let at = 0; at < count; at++) {
            await djust.push('ring');
            await new Promise((next) => setTimeout(next, pauseMs));
          }
        },
        [times, OUTAGE_MS / RINGS] as const,
      );
    await ring(20);
    await expect(page.locator('#count')).toHaveText('20');

    await page.getByText('More').click();
    await page.locator('ol[tabindex]').evaluate((list) => {
      (list as HTMLElement).style.cssText = 'height: 60px; overflow: auto';
      list.scrollTop = 55;
    });
    await page.getByLabel('Draft').fill('half a sentence');
    await page.getByLabel('Draft').evaluate((field) => (field as HTMLInputElement).setSelectionRange(2, 6));
    const before = await place(page);
    const root = await page.locator('[dj-root]').elementHandle();

    wire.isDown = true;
    wire.cut();
    received.length = 0;
    await ring(RINGS);
    expect(received).toEqual([]);
    wire.isDown = false;
    await isBack(page);
    await settled(page);
    await expect(page.locator('#count')).toHaveText(String(20 + RINGS));

    expect(await place(page)).toEqual(before);
    expect(await root?.evaluate((element) => element.isConnected)).toBe(true);
    expect(gallery.mounts.filter((view) => view === 'e2e.ticker')).toHaveLength(2);
    const resumed = received.filter((text) => !/"type":"(connect|pong)"/.test(text));
    const missed = resumed.filter((text) => text.startsWith('{"type":"patch"'));
    expect(missed).toHaveLength(RINGS);
    const bytesOf = (texts: readonly string[]): number => texts.join('').length;
    expect(bytesOf(resumed) - bytesOf(missed)).toBeLessThanOrEqual(ENVELOPE_BYTES);
  } finally {
    await wire.close();
    await gallery.kill();
  }
});
