import type { Tap, TapEntry } from '@djust/protocol';

/**
 * The debug toolbar panel. Not built yet; this is what it will read: the tap of a client, and nothing else.
 */
export interface TapSource {
  /** Begins to listen; answers the function that ends it. While nobody listens a client collects nothing. */
  tap(listener: Tap): () => void;
}

export type { Tap, TapEntry };
