/**
 * Where the development build of a client lets the debug panel see, and bend, what travels. Production builds have none
 * of it. The hub stands on `globalThis` under `TAP`; whoever comes first, client or panel, puts it there.
 */
export interface TapHub {
  /** The connection that is open now; a panel that comes late finds it here. */
  wire?: TapWire | undefined;
  /** Set by the panel. While there is none, everything goes straight through. */
  port?: TapPort | undefined;
  /** Connections of this page so far, whichever script opened them. */
  count?: number;
  /** Hears what passes between the page and our service worker; there while the panel is open. */
  worker?: ((direction: 'out' | 'in', message: { readonly type: string }) => void) | undefined;
}

/** Both ends of one connection, for whoever sits in the middle of it. */
export interface TapWire {
  /** Counts the connections of this page. */
  readonly id: number;
  /** How it travels, when not over a WebSocket. */
  readonly way?: 'sse' | undefined;
  /** The first text that came: a server says in it what it offers. */
  first?: string | undefined;
  /** Gives data to the network; false when it could not be handed over. */
  transmit(data: TapData): boolean;
  /** Gives the client a text as if it had come from the network. */
  deliver(text: string): void;
  /** Ends the connection; the client hears this code and reason. */
  end(code: number, reason: string): void;
}

/** A text frame, or bytes of an upload. */
export type TapData = string | Uint8Array<ArrayBuffer>;

/** What the panel is told; it passes on, by the wire, what shall go on its way. */
export interface TapPort {
  opened(wire: TapWire): void;
  sent(wire: TapWire, data: TapData): boolean;
  received(wire: TapWire, text: string): void;
  closed(wire: TapWire, code: number, reason: string): void;
}

export const TAP = '__DJUST_TAP__';
