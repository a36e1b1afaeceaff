import { scope } from './scope.ts';

let headerOf: () => Promise<string> | undefined = () => undefined;

export function usePreloadHeader(header: () => Promise<string> | undefined): void {
  headerOf = header;
}

/**
 * Navigation preload belongs to the whole registration. It is off while a page is fetched ahead, or the server would be
 * asked for that page twice, and on at all other times. Called again when the header may have changed.
 */
export async function allowPreload(isAllowed: boolean): Promise<void> {
  const preload = scope.registration.navigationPreload;
  if (!preload) return;
  if (!isAllowed) return preload.disable();
  await preload.enable();
  const header = await headerOf();
  if (header !== undefined) await preload.setHeaderValue(header);
}
