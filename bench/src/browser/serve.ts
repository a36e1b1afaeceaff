import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Resource {
  readonly type: string;
  readonly body: string;
}

export interface Site {
  readonly origin: string;
  close(): void;
}

/** Cross-origin isolation makes the page's clock tick every 5 µs and not every 100. */
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cache-control': 'no-store',
};

export async function serve(find: (path: string) => Resource | undefined): Promise<Site> {
  const server = createServer((request, response) => {
    const resource = find(request.url ?? '/');
    if (resource) response.writeHead(200, { ...ISOLATION, 'content-type': resource.type }).end(resource.body);
    else response.writeHead(404, ISOLATION).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}
