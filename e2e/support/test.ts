import { expect } from '@playwright/test';
import { type Flavour, GalleryProcess } from './gallery-process.ts';
import { watched } from './watched.ts';

export interface TestFixtures {
  /** A gallery for this test alone, which may be killed; pages open on it. */
  ownGallery: GalleryProcess;
}

export interface WorkerFixtures {
  flavour: Flavour;
  /** The gallery of this worker. */
  gallery: GalleryProcess;
}

/** Tests run against the minified client and a server in production, unless they ask for another flavour. */
export const test = watched.extend<TestFixtures, WorkerFixtures>({
  flavour: ['production', { option: true, scope: 'worker' }],
  gallery: [
    async ({ flavour }, use) => {
      const gallery = await new GalleryProcess(flavour).start();
      await use(gallery);
      await gallery.kill();
    },
    { scope: 'worker' },
  ],
  ownGallery: async ({ flavour, context }, use) => {
    const gallery = await new GalleryProcess(flavour).start();
    await use(gallery);
    // Pages go first: one that still fetches its worker's script when the server dies says so, and rightly.
    await Promise.all(context.pages().map((page) => page.close()));
    await gallery.kill();
  },
  baseURL: async ({ gallery }, use) => use(gallery.origin),
});

export { expect };
