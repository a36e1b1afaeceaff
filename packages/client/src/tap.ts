import { TAP, type TapHub, type TapWire } from '@djust/protocol';
import type { Link, TransportEvents } from './lib/transport.ts';

/** Lets the debug panel sit in the middle of our own connections; no global prototype is touched. Development only. */
export function tapped<A extends unknown[]>(
  open: (events: TransportEvents, ...more: A) => Link,
  way?: TapWire['way'],
): typeof open {
  const page = globalThis as { [TAP]?: TapHub };
  return (events, ...more) => {
    page[TAP] ??= {};
    return openTapped((through) => open(through, ...more), events, { hub: page[TAP], way });
  };
}

function openTapped(
  open: (events: TransportEvents) => Link,
  events: TransportEvents,
  { hub, way }: { hub: TapHub; way: TapWire['way'] },
): Link {
  let isOver = false;
  const closed = (code: number, reason: string): void => {
    if (isOver) return;
    isOver = true;
    if (hub.wire === wire) hub.wire = undefined;
    hub.port?.closed(wire, code, reason);
    events.closed(code, reason);
  };
  hub.count = (hub.count ?? 0) + 1;
  const wire: TapWire = {
    id: hub.count,
    way,
    transmit: (data) => link.send(data),
    deliver: (text) => isOver || events.message(text),
    end(code, reason) {
      closed(code, reason);
      link.close();
    },
  };
  // A stream is open before it is handed over.
  const link = open({
    opened() {
      hub.wire = wire;
      hub.port?.opened(wire);
      events.opened();
    },
    message(text) {
      wire.first ??= text;
      if (hub.port) hub.port.received(wire, text);
      else events.message(text);
    },
    closed,
  });
  return {
    send: (data) => (hub.port ? hub.port.sent(wire, data) : link.send(data)),
    close: (code, reason) => link.close(code, reason),
  };
}
