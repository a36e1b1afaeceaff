/** Where a worker is served: at the root, so that it may answer for the whole site. */
export interface WorkerFileOptions {
  /** The script; read again for every request, so that a new build is seen at once. */
  readonly code: () => string | Promise<string>;
  readonly path?: string;
}

/** Serves the service worker. A browser asks for it with every page that it opens, and must never get an old one. */
export function serviceWorkerFile({
  code,
  path = '/sw.js',
}: WorkerFileOptions): (request: Request) => Promise<Response | undefined> {
  return async ({ url, method }) => {
    if (new URL(url).pathname !== path || (method !== 'GET' && method !== 'HEAD')) return undefined;
    return new Response(await code(), {
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'no-cache',
        'service-worker-allowed': '/',
        'x-content-type-options': 'nosniff',
      },
    });
  };
}
