/**
 * Extensions of the base wire. The server offers first (`connect.ext`), the client answers in `mount.ext`, and only then
 * either side uses them. Without an offer both speak plain djust 1.x.
 */
export const EXT_VERSION = 1;

/**
 * ack: every reply echoes `ref` and names the highest committed ref; errors too.
 * resume: a client that names its session and version gets the missed frames instead of a new mount.
 * adopt: the socket takes over the session that rendered the page.
 * ops: patches travel as compact operations.
 * templates: rows may travel as the values of a template that was sent once. Goes with `ops`.
 */
export const FEATURES = ['ack', 'resume', 'adopt', 'ops', 'templates'] as const;
export type ExtFeature = (typeof FEATURES)[number];

export interface ExtOffer {
  v: number;
  features: readonly ExtFeature[];
}

/** What the client says in `mount`: both high-water marks, zero included. */
export interface ClientExt extends ExtOffer {
  /** Names the stream of refs; one per tab, kept over reloads. */
  client_id: string;
  /** The token from the page or from an earlier mount reply; null when there is none. */
  session: string | null;
  /** Last version applied, 0 for none. */
  version: number;
  /** Highest ref ever given out in this stream, 0 for none. */
  ref: number;
  /** Highest ref the server acknowledged, 0 for none. */
  acked: number;
}

/** adopted, resumed: the page stays as it is, missed frames follow. mounted: `html` replaces the page's content. */
export type MountOutcome = 'adopted' | 'resumed' | 'mounted';

/** What the server says in its `mount` reply. */
export interface ServerExt extends ExtOffer {
  session: string;
  outcome: MountOutcome;
  /** Why a session that the client named was not taken up. */
  reason?: string;
  /** Highest committed ref of the stream, 0 for none. */
  ack: number;
}

/** The features both sides know, in our order; undefined when versions differ or nothing is shared. */
export function agree(offer: ExtOffer | undefined, wanted: readonly ExtFeature[] = FEATURES): ExtFeature[] | undefined {
  if (offer?.v !== EXT_VERSION || !Array.isArray(offer.features)) return undefined;
  const shared = FEATURES.filter((feature) => wanted.includes(feature) && offer.features.includes(feature));
  return shared.length > 0 ? shared : undefined;
}
