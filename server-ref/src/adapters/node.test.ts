import { request as httpRequest } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { LIMITS } from '@djust/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Counter, counter } from '../../test/views.ts';
import { type LogEntry, silentLogger } from '../logger.ts';
import { SECURITY_HEADERS } from '../security/http.ts';
import { createServer, type ServerOptions } from '../server.ts';
import type { ViewSpec } from '../view/define-view.ts';
import { type Listening, type ListenOptions, listen } from './node.ts';

const open: Listening[] = [];

afterEach(async () => {
  for (const listening of open.splice(0)) await listening.close();
});

async function serve(
  spec: Partial<ViewSpec<Counter>> = {},
  options: Partial<ServerOptions> = {},
  listenOptions: Partial<ListenOptions> = {},
): Promise<Listening> {
  const server = createServer({ pages: { '/': counter(spec) }, log: silentLogger, isDevelopment: false, ...options });
  const listening = await listen(server, { port: 0, host: '127.0.0.1', ...listenOptions });
  open.push(listening);
  return listening;
}

/** A real socket: what it hears, and how it ends. */
class Browser {
  readonly socket: WebSocket;
  readonly #frames: Record<string, unknown>[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly closed: Promise<number>;

  constructor({ origin, port }: Listening, options: { origin?: string; path?: string } = {}) {
    const path = options.path ?? '/ws/live/';
    this.socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { origin: options.origin ?? origin });
    this.socket.on('message', (data) => {
      this.#frames.push(JSON.parse(String(data)));
      this.#waiting.shift()?.();
    });
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
  }

  async next(): Promise<Record<string, unknown>> {
    if (this.#frames.length === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#frames.shift() as Record<string, unknown>;
  }

  send(frame: object | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  async mounted(): Promise<this> {
    await this.next();
    this.send({ type: 'mount', view: 'test.view', url: '/', params: {} });
    await this.next();
    return this;
  }
}

describe('a page over HTTP', () => {
  it('has the view in it and the headers that keep foreign code out', async () => {
    const { origin } = await serve();
    const response = await fetch(`${origin}/?a=1`);
    expect(response.status).toBe(200);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect(response.headers.get(name)).toBe(value);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(await response.text()).toContain('dj-view="test.view"');
  });

  it('that fails has them too', async () => {
    const { origin } = await serve({ authorize: () => false });
    const response = await fetch(origin);
    expect(response.status).toBe(403);
    expect(response.headers.get('content-security-policy')).toBe(SECURITY_HEADERS['content-security-policy']);
  });

  it('is empty for HEAD, and only there to be read', async () => {
    const { origin } = await serve();
    const head = await fetch(origin, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const post = await fetch(origin, { method: 'POST', body: 'x' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('that does not exist is a 404, unless the fallback knows it', async () => {
    const fallback = async (request: Request): Promise<Response | undefined> => {
      if (new URL(request.url).pathname !== '/api') return undefined;
      const response = new Response('from the fallback');
      response.headers.append('set-cookie', 'a=1');
      response.headers.append('set-cookie', 'b=2');
      return response;
    };
    const { origin } = await serve({}, {}, { fallback });
    expect((await fetch(`${origin}/nope`)).status).toBe(404);
    const response = await fetch(`${origin}/api`);
    expect(await response.text()).toBe('from the fallback');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('tells nothing of a fallback that throws', async () => {
    const log: LogEntry[] = [];
    const fallback = (): Promise<never> => Promise.reject(new Error('secret'));
    const { origin } = await serve({}, {}, { fallback, log: (entry) => log.push(entry) });
    const response = await fetch(`${origin}/nope`);
    expect(log).toMatchObject([{ level: 'error', path: '/nope', error: { message: 'secret' } }]);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
  });

  it('is not made to its end for a browser that leaves, which is no failure', async () => {
    let isCancelled = false;
    const logged: LogEntry[] = [];
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)),
      cancel: () => {
        isCancelled = true;
      },
    });
    const { port } = await serve(
      {},
      {},
      { fallback: async () => new Response(body), log: (entry) => logged.push(entry) },
    );
    const socket = connectTcp(port, '127.0.0.1');
    socket.write('GET /large HTTP/1.1\r\nHost: a\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    // It reads no further, so that the server waits; then it goes.
    socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await expect.poll(() => isCancelled).toBe(true);
    expect(logged).toEqual([]);
  });

  it('survives requests that are none', async () => {
    const { port, origin } = await serve();
    const raw = (text: string): Promise<string> =>
      new Promise((resolve) => {
        let answer = '';
        const socket = connectTcp(port, '127.0.0.1', () => socket.write(text));
        socket.on('data', (data) => {
          answer += data;
          socket.end();
        });
        socket.on('error', () => {});
        socket.on('close', () => resolve(answer));
      });
    expect(await raw('GET / HTTP/1.1\r\nHost: a b\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
    expect(await raw('GET / HTTP/1.1\r\nHost: user:pass@x\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
    expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
    expect((await fetch(origin)).status).toBe(200);
  });
});

describe('a socket', () => {
  it('mounts, sends events and is heard in order', async () => {
    const browser = await new Browser(await serve()).mounted();
    for (let ref = 1; ref <= 3; ref++) browser.send({ type: 'event', event: 'add', params: {}, ref });
    expect([(await browser.next()).ref, (await browser.next()).ref, (await browser.next()).ref]).toEqual([1, 2, 3]);
  });

  it('may send 64 KiB in one message', async () => {
    const browser = new Browser(await serve());
    await browser.next();
    const ping = '{"type":"ping"}';
    browser.send(ping + ' '.repeat(LIMITS.maxMessageBytes - ping.length));
    expect(await browser.next()).toEqual({ type: 'pong' });
  });

  it('is closed with 1009 when it sends one byte more', async () => {
    const browser = new Browser(await serve());
    await browser.next();
    browser.send('x'.repeat(LIMITS.maxMessageBytes + 1));
    expect(await browser.closed).toBe(1009);
  });

  it('is closed with 1009 when the bytes are too many and the characters are not', async () => {
    const browser = new Browser(await serve());
    await browser.next();
    browser.send('€'.repeat(LIMITS.maxMessageBytes / 2));
    expect(await browser.closed).toBe(1009);
  });

  it('may send what it likes as bytes; it is not read', async () => {
    const browser = new Browser(await serve());
    await browser.next();
    browser.socket.send(Buffer.from('{"type":"ping"}'));
    browser.send({ type: 'steal' });
    expect(await browser.next()).toMatchObject({ code: 'frame/unknown-type' });
  });

  it.each([
    ['a foreign origin', '/ws/live/', 'https://evil.example'],
    ['a foreign origin that the target names as host', '//evil.example/ws/live/', 'http://evil.example'],
  ])('from %s is closed with 4403 or not opened', async (_, path, origin) => {
    const browser = new Browser(await serve(), { path, origin });
    expect([4403, 1006]).toContain(await browser.closed);
  });

  it('on another path is not opened', async () => {
    const browser = new Browser(await serve(), { path: '/ws/other/' });
    expect(await browser.closed).toBe(1006);
  });

  it('whose visitor cannot be found out is closed with 4403', async () => {
    const browser = new Browser(
      await serve(
        {},
        {
          principal: () => {
            throw new Error('secret');
          },
        },
      ),
    );
    expect(await browser.closed).toBe(4403);
  });

  it('is heard from its first message, however long it takes to find out who it is', async () => {
    let know = (): void => {};
    const listening = await serve(
      {},
      {
        principal: () =>
          new Promise((resolve) => {
            know = () => resolve(null);
          }),
      },
    );
    const browser = new Browser(listening);
    await new Promise((resolve) => browser.socket.on('open', resolve));
    browser.send({ type: 'mount', view: 'test.view', url: '/', params: {} });
    await new Promise((resolve) => setTimeout(resolve, 20));
    know();
    expect([(await browser.next()).type, (await browser.next()).type]).toEqual(['connect', 'mount']);
  });

  it('that goes away leaves a session to resume, until the server closes', async () => {
    const server = createServer({ pages: { '/': counter() }, log: silentLogger });
    const listening = await listen(server, { port: 0, host: '127.0.0.1' });
    const browser = await new Browser(listening).mounted();
    browser.socket.terminate();
    await browser.closed;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.sessionCount).toBe(1);
    await listening.close();
    expect(server.sessionCount).toBe(0);
  });
});

describe('listening', () => {
  it('rejects when the port is taken', async () => {
    const { port } = await serve();
    const server = createServer({ pages: {}, log: silentLogger });
    await expect(listen(server, { port, host: '127.0.0.1' })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('answers where it listens', async () => {
    const { port, origin } = await serve();
    expect(port).toBeGreaterThan(0);
    expect(origin).toBe(`http://127.0.0.1:${port}`);
  });

  it('ends with open sockets and requests', async () => {
    const listening = await serve();
    const browser = await new Browser(listening).mounted();
    const hanging = httpRequest({ port: listening.port, host: '127.0.0.1', method: 'POST' });
    hanging.on('error', () => {});
    hanging.write('x');
    await listening.close();
    expect(await browser.closed).toBeGreaterThan(0);
  });
});
