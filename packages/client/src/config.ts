/** Settings of a client. Options win over `<meta name="djust-…">`, which win over defaults. */
export interface ClientConfig {
  /** Path or URL of the socket. Meta: `djust-socket`. */
  readonly socketPath: string;
}

export type ClientOptions = Partial<ClientConfig>;

export function readConfig(options: ClientOptions, document: Document): ClientConfig {
  const meta = document.querySelector<HTMLMetaElement>('[name=djust-socket]');
  return { socketPath: options.socketPath ?? (meta?.content || '/ws/live/') };
}
