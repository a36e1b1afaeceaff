/** Settings of a client. Options win over `<meta name="djust-…">`, which win over defaults. */
export interface ClientConfig {
  /** Path or URL of the socket. Meta: `djust-socket`. */
  readonly socketPath: string;
  /** What the view's root looks like. */
  readonly rootSelector: string;
}

export type ClientOptions = Partial<ClientConfig>;

export function readConfig(options: ClientOptions, document: Document): ClientConfig {
  const meta = (name: string): string | undefined =>
    document.querySelector<HTMLMetaElement>(`meta[name="djust-${name}"]`)?.content || undefined;
  return Object.freeze({
    socketPath: options.socketPath ?? meta('socket') ?? '/ws/live/',
    rootSelector: options.rootSelector ?? '[dj-view]:not([dj-sticky-root]):not([dj-lazy])',
  });
}
