import { type Page, test } from '@playwright/test';
import { FLOWS } from '../gallery/flows/index.ts';
import { open } from '../support/page.ts';

/** Uses every page, one after the other. What counts is what is not heard meanwhile: a single breach fails the test. */
export async function useAll(page: Page): Promise<void> {
  test.setTimeout(120_000);
  for (const { path, mouse } of FLOWS) {
    await open(page, path);
    await mouse(page);
  }
}
