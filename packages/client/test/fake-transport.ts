import type { Link, Transport, TransportEvents } from '../src/lib/transport.ts';

export type Frame = Record<string, unknown> & { type: string };

/** The other end of the line, in the test's hands: it sees each connection and answers by hand. */
export class FakeTransport implements Transport {
  readonly connections: FakeConnection[] = [];

  open(events: TransportEvents): Link {
    const connection = new FakeConnection(events);
    this.connections.push(connection);
    return connection;
  }

  get last(): FakeConnection {
    const connection = this.connections.at(-1);
    if (!connection) throw new Error('nobody connected');
    return connection;
  }

  /** Connections that neither side has closed. */
  get open_(): number {
    return this.connections.filter((connection) => !connection.isClosed).length;
  }
}

export class FakeConnection implements Link {
  readonly sent: Frame[] = [];
  isClosed = false;
  readonly #events: TransportEvents;

  constructor(events: TransportEvents) {
    this.#events = events;
  }

  send(text: string): boolean {
    if (this.isClosed) return false;
    this.sent.push(JSON.parse(text));
    return true;
  }

  close(): void {
    this.isClosed = true;
  }

  /** Frames of one type that the client sent, oldest first. */
  of(type: string): Frame[] {
    return this.sent.filter((frame) => frame.type === type);
  }

  opened(): void {
    this.#events.opened();
  }

  receive(...frames: Frame[]): void {
    for (const frame of frames) this.#events.message(JSON.stringify(frame));
  }

  lose(code = 1006): void {
    this.isClosed = true;
    this.#events.closed(code, '');
  }

  /** Connect and mount, as a plain djust 1.x server does it. */
  mountBase(html?: string, version = 1): void {
    this.opened();
    this.receive({ type: 'connect', session_id: 's' });
    this.receive({
      type: 'mount',
      session_id: 's',
      view: 'a.B',
      version,
      ...(html === undefined ? {} : { html, has_ids: true }),
    });
  }

  /** Connect and mount with all extensions. */
  mountExt(
    outcome: 'adopted' | 'resumed' | 'mounted',
    options: { version?: number; ack?: number; html?: string } = {},
  ): void {
    const { version = 1, ack = 0, html } = options;
    const ext = { v: 1, features: ['ack', 'resume', 'adopt', 'ops'] };
    this.opened();
    this.receive({ type: 'connect', session_id: 's', ext });
    this.receive({
      type: 'mount',
      session_id: 's',
      view: 'a.B',
      version,
      ...(html === undefined ? {} : { html }),
      ext: { ...ext, session: 'token', outcome, ack },
    });
  }
}
