/** One socket as the server sees it, whatever library holds it. */
export interface Peer {
  /** Address of the visitor, for counting connections. */
  readonly address: string;
  /** Bytes that wait to be sent. */
  readonly bufferedBytes: number;
  send(text: string): void;
  close(code: number, reason?: string): void;
}

/** What an adapter tells the server about its peer. */
export interface PeerHandler {
  text(message: string): void;
  closed(): void;
}
