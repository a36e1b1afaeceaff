import { open } from '../support/page.ts';
import { test } from '../support/test.ts';
import { FLOWS } from './flows/index.ts';

for (const { name, path, tabs } of FLOWS) {
  // Chat and index tell who is there, so nobody else may be: a gallery of its own.
  test(`${name} works in two tabs at once @firefox`, async ({ context, page, ownGallery: { origin } }) => {
    const second = await context.newPage();
    await open(page, origin + path);
    await open(second, origin + path);
    await tabs(page, second);
  });
}
