import { LIMITS } from '@djust/protocol';
import type { DjustServer } from '../server.ts';
import { PRIVATE, problem, readJson, refuseForeign } from './endpoint.ts';

export interface SnapshotEndpointOptions {
  readonly path?: string;
  readonly allowedOrigins?: readonly string[];
}

/** A page that has come back with its state still calls its session by it. */
const MAX_NAME = LIMITS.maxJsonStringLength;
const MAX_BYTES = MAX_NAME + 100;

/**
 * Answers the sealed state of a page that is being left, which a service worker keeps with the page. The name of the
 * session is known to that page alone, and the visitor has to be the same.
 */
export function snapshotEndpoint(
  server: DjustServer,
  { path = '/djust/snapshot', allowedOrigins = [] }: SnapshotEndpointOptions = {},
): (request: Request) => Promise<Response | undefined> {
  return async (request) => {
    if (new URL(request.url).pathname !== path) return undefined;
    const refusal = refuseForeign(request, 'x-djust-snapshot', allowedOrigins);
    if (refusal) return refusal;
    const body = await readJson(request, MAX_BYTES);
    if (body instanceof Response) return body;
    const { session } = (body.value ?? {}) as { session?: unknown };
    if (typeof session !== 'string' || session.length > MAX_NAME) return problem(400, 'snapshot/invalid');
    const sealed = await server.snapshot(request, session);
    return sealed === undefined ? problem(404, 'snapshot/none') : Response.json({ sealed }, { headers: PRIVATE });
  };
}
