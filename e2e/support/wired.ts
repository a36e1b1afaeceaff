import { test } from './test.ts';
import { Watch } from './watch.ts';
import { Wire } from './wire.ts';

/** Tests with a gallery of their own at the other end of a wire that may break. */
export const wired = test.extend<{ wire: Wire }>({
  wire: async ({ ownGallery, watch }, use) => {
    watch.allow(Watch.CUT);
    const wire = await Wire.to(ownGallery.origin);
    await use(wire);
    await wire.close();
  },
});
