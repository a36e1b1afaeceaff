import type { Feature } from '../context.ts';
import type { Transport } from './transport.ts';

/** The way to the server. An add-on may take its place: where WebSocket cannot pass there is another. */
export interface Way extends Feature, Transport {
  open: Transport['open'];
}
