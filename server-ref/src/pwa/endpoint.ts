import { isAllowedOrigin } from '../security/http.ts';

/** An answer to an endpoint's caller: a code that never changes meaning, and no internals. */
export function problem(status: number, code: string, more: object = {}): Response {
  return Response.json({ code, ...more }, { status, headers: PRIVATE });
}

export const PRIVATE: Readonly<Record<string, string>> = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
};

/**
 * Refuses what another site's page could send. A form cannot set the header, and a script of another origin may not.
 * @param mark  header that only our own scripts send
 */
export function refuseForeign(request: Request, mark: string, allowedOrigins: readonly string[]): Response | undefined {
  if (request.method !== 'POST') return problem(405, 'http/method');
  const own = new URL(request.url).origin;
  const origin = request.headers.get('origin');
  if (!isAllowedOrigin(origin, own, allowedOrigins) || !request.headers.has(mark)) return problem(403, 'http/csrf');
  if (!request.headers.get('content-type')?.startsWith('application/json')) return problem(415, 'http/type');
  return undefined;
}

/** The body as JSON. It is not read further than it may be long. */
export async function readJson(request: Request, maxBytes: number): Promise<{ value: unknown } | Response> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > maxBytes) return problem(413, 'http/too-large');
    parts.push(part);
  }
  try {
    return { value: JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown };
  } catch {
    return problem(400, 'http/not-json');
  }
}
