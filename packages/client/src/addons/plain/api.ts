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
    applyPatches: async (patches: Patch[]) => !page.djust.patch({ type: 'patch', version: 0, patches }),
    navigation: {
      handleNavigation: (frame: NavigationFrame) => page.djust.deliver({ ...frame, type: 'navigation' }),
    },
    uploads: {
      cancelUpload: (ref: string) => send(Uint8Array.of(CANCEL, ...bytesOf(ref))),
    },
    csrfToken,
    apiUrl,
    call,
  };
  page.djust ??= {} as PageClient;
  Object.assign(page.djust, api);
}

const bytesOf = (uuid: string): number[] => (uuid.match(/[\da-f]{2}/g) ?? []).map((pair) => Number.parseInt(pair, 16));

const meta = (name: string): string =>
  document.querySelector<HTMLMetaElement>(`meta[name=djust-${name}]`)?.content ?? '';

/** The cookie is the newer one when both are there. */
function csrfToken(): string {
  const name = meta('csrf-cookie') || 'csrftoken';
  const cookie = document.cookie.split('; ').find((one) => one.startsWith(`${name}=`));
  return cookie ? decodeURIComponent(cookie.slice(name.length + 1)) : meta('csrf-token');
}

const apiUrl = (path: string): string => (meta('api-prefix') || '/djust/api/') + path.replace(/^\//, '');

/** Asks a function of the server, past the view. Rejects with what the server says: `code`, `status`, `details`. */
async function call(view: string, name: string, params: JsonObject = {}): Promise<unknown> {
  const answer = await fetch(apiUrl(`call/${encodeURIComponent(view)}/${encodeURIComponent(name)}/`), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': csrfToken() },
    body: JSON.stringify({ params }),
  });
  const { result, message, error, details } = await answer.json().catch(() => ({}));
  if (answer.ok) return result;
  throw Object.assign(new Error(message ?? `djust.call: ${answer.status}`), {
    code: error ?? 'http_error',
    status: answer.status,
    details,
  });
}
