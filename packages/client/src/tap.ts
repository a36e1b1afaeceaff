import { TAP, type TapHub, type TapWire } from '@djust/protocol';
import type { Link, TransportEvents } from './lib/transport.ts';

type Open = (url: string, events: TransportEvents) => Link;

/** Lets the debug panel sit in the middle of our own connections; no global prototype is touched. Development only. */
export function tapped(open: Open): Open {
  const page = globalThis as { [TAP]?: TapHub };
  let count = 0;
  return (url, events) => {
    page[TAP] ??= {};
    return openTapped((through) => open(url, through), events, { hub: page[TAP], id: ++count });
  };
}

function openTapped(
  open: (events: TransportEvents) => Link,
  events: TransportEvents,
  { hub, id }: { hub: TapHub; id: number },
): Link {
  let isOver = false;
  const closed = (code: number, reason: string): void => {
    if (isOver) return;
    isOver = true;
    if (hub.wire === wire) hub.wire = undefined;
    hub.port?.closed(wire, code, reason);
    events.closed(code, reason);
  };
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
  const wire: TapWire = {
    id,
    transmit: (data) => link.send(data),
    deliver: (text) => isOver || events.message(text),
    end(code, reason) {
      closed(code, reason);
      link.close();
    },
  };
  return {
    send: (data) => (hub.port ? hub.port.sent(wire, data) : link.send(data)),
    close: (code, reason) => link.close(code, reason),
  };
}
