import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  browser: Socket;
  server: Socket;
}

/** A wire between browser and server that a test can treat badly. What happens to it befalls the connections that are open. */
export class Wire {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  /** New connections are refused. */
  isDown = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async to(origin: string): Promise<Wire> {
    const { port } = new URL(origin);
    const server = createServer((browser) => wire.#join(browser, Number(port)));
    const wire = new Wire(server);
    server.listen(0, 'localhost');
    await once(server, 'listening');
    return wire;
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Nothing gets through any more, and nobody is told: a half-open connection. */
  freeze(): void {
    for (const { browser, server } of this.#pairs) {
      browser.unpipe();
      server.unpipe();
      // Read and thrown away, so that nobody notices by a full buffer either.
      browser.resume();
      server.resume();
    }
  }

  /** What the server says is lost; it still hears the browser. */
  muteServer(): void {
    for (const { server } of this.#pairs) {
      server.unpipe();
      server.resume();
    }
  }

  /** What the server says waits until `release`. */
  hold(): void {
    for (const { server } of this.#pairs) {
      server.unpipe();
      server.pause();
    }
  }

  release(): void {
    for (const { browser, server } of this.#pairs) server.pipe(browser);
  }

  /** Connections break off. New ones are possible at once. */
  cut(): void {
    for (const { browser, server } of this.#pairs) {
      browser.destroy();
      server.destroy();
    }
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(browser: Socket, port: number): void {
    if (this.isDown) return void browser.destroy();
    const pair: Pair = { browser, server: connect(port, 'localhost') };
    this.#pairs.add(pair);
    pair.browser.pipe(pair.server);
    pair.server.pipe(pair.browser);
    for (const socket of [pair.browser, pair.server]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#pairs.delete(pair);
        pair.browser.destroy();
        pair.server.destroy();
      });
    }
  }
}
