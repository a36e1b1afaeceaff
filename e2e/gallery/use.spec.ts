import { open } from '../support/page.ts';
import { test } from '../support/test.ts';
import { FLOWS } from './flows/index.ts';

for (const { name, path, mouse, keyboard } of FLOWS) {
  test(`${name} works by mouse @firefox`, async ({ page }) => {
    await open(page, path);
    await mouse(page);
  });

  test(`${name} works by keyboard @firefox`, async ({ page }) => {
    await open(page, path);
    await keyboard(page);
  });
}
