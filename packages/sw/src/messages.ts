/**
 * What page and worker say to each other. Every message is `{ djust: 1, type, … }`; other messages on the same channel
 * are none of our business. A worker serves pages of the build before it, so a type never changes its meaning.
 */
export const MESSAGE_VERSION = 1;

export interface SwMessage {
  readonly djust: typeof MESSAGE_VERSION;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Checks who speaks our language; fields are checked by whoever reads them. */
export function readMessage(data: unknown): SwMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { djust, type } = data as Partial<SwMessage>;
  return djust === MESSAGE_VERSION && typeof type === 'string' && type.length <= 64 ? (data as SwMessage) : undefined;
}

export const message = (type: string, fields: Record<string, unknown> = {}): SwMessage => ({
  ...fields,
  djust: MESSAGE_VERSION,
  type,
});

/** Heard by pages that the browser keeps for the way back, too, and a page that hears something there is kept no longer. */
export const SESSION_CHANNEL = 'djust-session';

/** A text field, or '' when it is missing, no text or longer than it may be. */
export function textOf(value: unknown, maxLength = 2_048): string {
  return typeof value === 'string' && value.length <= maxLength ? value : '';
}
