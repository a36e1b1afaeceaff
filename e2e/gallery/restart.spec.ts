import { isBack, open, settled } from '../support/page.ts';
import { expect, test } from '../support/test.ts';
import { Watch } from '../support/watch.ts';
import { FLOWS } from './flows/index.ts';

// A gallery is started twice.
test.setTimeout(90_000);

for (const { name, path, works, typed, readable, recovered = readable } of FLOWS) {
  // Without a shared store the page is mounted anew: it shows what a new visitor sees, and what fields still hold.
  test(`${name} works again after the server was killed and started @firefox`, async ({ page, watch, ownGallery }) => {
    watch.allow(Watch.CUT);
    // The server may go while the worker of the notes is fetched; that is said aloud.
    watch.allow(/sw\/register-failed|fetching the script/);
    await open(page, ownGallery.origin + path);
    await works(page);
    const stillTyped = await typed?.(page);
    await ownGallery.kill();
    await expect(page.getByText('Not connected. Trying again …')).toBeVisible();
    await ownGallery.start();
    await isBack(page);
    await settled(page);
    await expect(page.getByText('Not connected. Trying again …')).toBeHidden();
    await stillTyped?.();
    await recovered(page);
    await works(page);
  });
}
