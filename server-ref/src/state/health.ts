import { type Clock, systemClock } from '../clock.ts';
import type { StateStore } from './store.ts';

export interface HealthOptions {
  readonly store: StateStore;
  /** Takes no new visitors: it is about to end. */
  readonly isDraining?: () => boolean;
  /** A store that does not answer in this time counts as away. Default: a second. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
}

/**
 * For whoever watches the process: `/healthz` says that it runs, `/readyz` whether it should be sent visitors (503 when not:
 * the store is away, or the process is about to end). Neither tells anything about visitors or addresses.
 */
export function healthEndpoint(options: HealthOptions): (request: Request) => Promise<Response | undefined> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname !== '/healthz' && pathname !== '/readyz') return undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, { code: 'http/method' });
    if (pathname === '/healthz') return answer(200, { status: 'ok' });
    if (options.isDraining?.()) return answer(503, { status: 'draining' });
    if (!(await isThere(options))) return answer(503, { status: 'store' });
    return answer(200, { status: 'ok' });
  };
}

async function isThere({ store, timeoutMs = 1_000, clock = systemClock }: HealthOptions): Promise<boolean> {
  const ping = Promise.resolve()
    .then(() => store.ping?.())
    .then(
      () => true,
      () => false,
    );
  let cancel = (): void => {};
  const late = new Promise<boolean>((resolve) => {
    cancel = clock.after(timeoutMs, () => resolve(false));
  });
  const isThere = await Promise.race([ping, late]);
  cancel();
  return isThere;
}

const answer = (status: number, body: object): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } });
