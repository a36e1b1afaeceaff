import type { JsonObject, NavigationFrame, Patch, PatchFrame } from '@djust/protocol';
import type { FeatureContext } from '../../context.ts';

/** What of the client stands on the page. */
interface PageClient {
  start(): void;
  stop(): void;
  patch(frame: PatchFrame): unknown;
  deliver(frame: object): void;
}

const CANCEL = 3;

/**
 * The names that scripts of a page find on `window.djust` with the stock client, each as a thin view on this one.
 * @see docs/djust.md, wire spec 10.2
 */
export function giveApi({ push, send, isLive }: FeatureContext): void {
  const page = globalThis as unknown as { djust: PageClient };
  const api = {
    handleEvent: (event: string, params: JsonObject = {}) => push(event, params),
    liveViewInstance: {
      sendEvent(event: string, params: JsonObject = {}, element?: Element) {
        void push(event, params, element ? { element } : {});
        return true;
      },
      sendMessage: send,
      connect: () => page.djust.start(),
      disconnect: () => page.djust.stop(),
      get viewMounted() {
        return isLive();
      },
    },
    navigation: {
      handleNavigation: (frame: NavigationFrame) => page.djust.deliver({ ...frame, type: 'navigation' }),
    },
    uploads: {
      cancelUpload: (ref: string) => send(Uint8Array.of(CANCEL, ...bytesOf(ref))),
    },
  };
  const applyPatches = async (patches: Patch[]): Promise<boolean> =>
    !page.djust.patch({ type: 'patch', version: 0, patches });
  page.djust ??= {} as PageClient;
  // As text the build does not shorten its name.
  Object.assign(page.djust, api, Object.fromEntries([['applyPatches', applyPatches]]));
}

const bytesOf = (uuid: string): number[] => (uuid.match(/[\da-f]{2}/g) ?? []).map((pair) => Number.parseInt(pair, 16));
