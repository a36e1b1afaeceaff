import type { JsonObject } from '@djust/protocol';
import type { Feature } from '../context.ts';

/** `djust.call('shop', 'price', { id: 5 })`: functions of a plain djust server that scripts ask past the view. @see wire spec 8.4 */
export const requests: Feature = {
  name: 'requests',
  install() {
    const page = globalThis as unknown as { djust?: object };
    page.djust = Object.assign(page.djust ?? {}, { call, apiUrl, csrfToken });
  },
};

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
  const { ok, status } = answer;
  const { result, message, error, details } = await answer.json().catch(() => ({}));
  if (ok) return result;
  throw Object.assign(new Error(message ?? `djust.call: ${status}`), { code: error, status, details });
}
