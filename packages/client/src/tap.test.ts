import { TAP, type TapHub, type TapPort, type TapWire } from '@djust/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import type { Link, TransportEvents } from './lib/transport.ts';
import { tapped } from './tap.ts';

const page = globalThis as { [TAP]?: TapHub };
const ignore: TransportEvents = { opened() {}, message() {}, closed() {} };

/** A panel that passes everything on, and notes by which way it came. */
function port(): { port: TapPort; seen: string[] } {
  const seen: string[] = [];
  const note = (what: string, { id, way }: TapWire): void => void seen.push(`${what} ${way ?? 'socket'} ${id}`);
  return {
    seen,
    port: {
      opened: (wire) => note('opened', wire),
      sent(wire, data) {
        note('sent', wire);
        return wire.transmit(data);
      },
      received(wire, text) {
        note('received', wire);
        wire.deliver(text);
      },
      closed: (wire) => note('closed', wire),
    },
  };
}

afterEach(() => {
  delete page[TAP];
});

describe('the tap', () => {
  it('sits in a connection that is open before it is handed over, as a stream is', () => {
    const sent: unknown[] = [];
    const got: string[] = [];
    const open = (events: TransportEvents): Link => {
      events.opened();
      events.message('{"type":"connect"}');
      return { send: (data) => sent.push(data) > 0, close: () => events.closed(1006, '') };
    };
    const panel = port();
    page[TAP] = { port: panel.port };
    const link = tapped(open, 'sse')({ ...ignore, message: (text) => got.push(text) });
    expect(page[TAP].wire).toMatchObject({ way: 'sse', first: '{"type":"connect"}' });
    link.send('a');
    link.close();
    expect([sent, got]).toEqual([['a'], ['{"type":"connect"}']]);
    expect(panel.seen).toEqual(['opened sse 1', 'received sse 1', 'sent sse 1', 'closed sse 1']);
    expect(page[TAP].wire).toBeUndefined();
  });

  it('counts connections of a page over all scripts that open some', () => {
    const open = (events: TransportEvents): Link => {
      events.opened();
      return { send: () => true, close() {} };
    };
    const panel = port();
    page[TAP] = { port: panel.port };
    tapped(open)(ignore);
    tapped(open, 'sse')(ignore);
    tapped(open)(ignore);
    expect(panel.seen).toEqual(['opened socket 1', 'opened sse 2', 'opened socket 3']);
  });
});
