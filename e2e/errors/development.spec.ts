import { recordFrames } from '../support/frames.ts';
import { open, settled } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

test.use({ flavour: 'development' });

test('an error frame names the cause, the place and the next step', async ({ page }) => {
  const frames = recordFrames(page);
  await open(page, '/boom');
  for (const name of ['A handler throws', 'A parameter is refused', 'An unknown event', 'A render fails']) {
    await page.getByRole('button', { name }).click();
    await settled(page);
  }
  const [thrown, refused, unknown, rendered] = frames.of('error');
  expect(thrown).toMatchObject({ code: 'event/failed', event: 'throw', hint: expect.any(String) });
  expect(thrown?.traceback).toMatch(/This handler fails[\s\S]*boom\.ts/);
  expect(refused).toMatchObject({
    code: 'event/params',
    at: '/params/age',
    debug_detail: 'nobody is younger than that',
  });
  expect(unknown).toMatchObject({
    code: 'event/unknown',
    at: 'no_such_event',
    hint: expect.stringContaining('events'),
  });
  expect(rendered?.traceback).toMatch(/This render fails/);
});

test('the notice on the page tells the developer the code and the next step', async ({ page }) => {
  await open(page, '/boom');
  await page.getByRole('button', { name: 'An unknown event' }).click();
  const notice = page.getByRole('log').locator('.dj-notice');
  await expect(notice).toContainText('The page does not know this action.');
  await expect(notice).toContainText('event/unknown');
  await expect(notice).toContainText('Add it to `events`');
});

test('a page that cannot be mounted shows the stack', async ({ page, watch }) => {
  watch.allow(/500/);
  await page.goto('/boom?fail=mount');
  await expect(page.locator('pre')).toContainText('This mount fails');
  await expect(page.locator('pre')).toContainText('boom.ts');
  await expect(page.getByText('view/mount-failed')).toBeVisible();
});
