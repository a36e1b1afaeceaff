import type { Patch } from '@djust/protocol';
import type { Feature } from '../context.ts';
import type { Transport } from './transport.ts';

/** The way from and to the server, where an add-on may take a place. */
export interface Way extends Feature, Transport {
  /** Where WebSocket cannot pass there is another. */
  open: Transport['open'];
  /** Puts patches into words that the document knows. */
  read?(patches: readonly Patch[]): readonly Patch[];
}
