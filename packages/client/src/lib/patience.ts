/** How long the connection may be away before the user hears of it. */
export const PATIENCE_MS = 1_000;
