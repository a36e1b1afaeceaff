import type { Client } from '../client.ts';
import type { Feature } from '../context.ts';
import { KEY } from './guard.ts';

type Page = { [KEY]?: Client; djust?: { addOns?: Feature[] } };

/** For the script of an add-on: gives its feature to the client that is there, or to the one that will come. */
export function addOn(feature: Feature): void {
  const page = globalThis as unknown as Page;
  const client = page[KEY];
  if (client) {
    client.use(feature);
    return;
  }
  page.djust ??= {};
  page.djust.addOns ??= [];
  page.djust.addOns.push(feature);
}
