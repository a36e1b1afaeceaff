import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** The gallery as a site that isolates its pages from others: the same answers, with two headers more. */
export async function isolatedSite(origin: string): Promise<{ origin: string; close: () => void }> {
  const { hostname, port } = new URL(origin);
  const sockets = new Set<Socket>();
  const server = createServer((asked, answer) => pass(asked, answer, { hostname, port }));
  server.on('connection', (socket) => sockets.add(socket));
  server.on('upgrade', (asked: IncomingMessage, near: Socket, head: Buffer) => {
    const far = connect(Number(port), hostname, () => {
      const lines = Object.entries(asked.headers).map(([name, value]) => `${name}: ${value}`);
      far.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      far.write(head);
      near.pipe(far).pipe(near);
    });
    for (const socket of [near, far]) socket.on('error', () => socket.destroy());
    far.on('close', () => near.destroy());
    near.on('close', () => far.destroy());
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function pass(asked: IncomingMessage, answer: ServerResponse, to: { hostname: string; port: string }): void {
  const { method, url, headers } = asked;
  const forward = request({ ...to, method, path: url, headers }, (got) => {
    answer.writeHead(got.statusCode ?? 502, {
      ...got.headers,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    got.pipe(answer);
  });
  forward.on('error', () => answer.destroy());
  asked.pipe(forward);
}
