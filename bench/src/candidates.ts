/** In the order of the tables. `limit` is what the others are compared with. */
export const CANDIDATES = [
  'limit',
  'djust',
  'morphdom',
  'idiomorph',
  'phoenix_live_view',
  'preact',
  'lit',
  'innerHTML',
] as const;

export type Candidate = (typeof CANDIDATES)[number];
