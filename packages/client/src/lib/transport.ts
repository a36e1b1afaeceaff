/** What a transport tells about one connection, from open to close. */
export interface TransportEvents {
  opened(): void;
  message(text: string): void;
  /** Once, and nothing after it. Codes are those of WebSocket. */
  closed(code: number, reason: string): void;
}

/** One connection. */
export interface Link {
  /** False when it could not be handed to the network. */
  send(data: string | Uint8Array<ArrayBuffer>): boolean;
  close(code?: number, reason?: string): void;
}

/** Carries text frames (and bytes of uploads, to the server), in order, and knows nothing about them. When to connect and when to give up is not its business. */
export interface Transport {
  open(events: TransportEvents): Link;
}
