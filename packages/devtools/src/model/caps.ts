/** What the panel holds at most. A ring drops its oldest; the panel says how many it dropped. */
export const CAPS = {
  /** Requirement R6.2 asks for 200 and lets it be more. */
  events: 5_000,
  frames: 10_000,
  /** Texts of frames, two bytes a character, and events with their parameters: 4.5 MiB together. */
  frameBytes: 3_145_728,
  eventBytes: 1_572_864,
  /** A longer text is kept as its head. */
  frameChars: 262_144,
  headChars: 2_048,
  /** What one patch wrote over: more of it is cut. */
  beforeChars: 16_384,
  beforeRecords: 500,
  beforePerSecond: 8,
  transitions: 500,
  pages: 200,
  /** Not yet digested. Above it the oldest are digested at once, whatever the page does meanwhile. */
  rawEntries: 2_000,
  /** Kept across a full load of the page: characters in sessionStorage, two bytes each, all together. */
  storedChars: 2_600_000,
  /** Of these what is packed, eight to ten times as much as it says. */
  pastChars: 1_300_000,
  /** Of a session file that is read in. */
  fileBytes: 33_554_432,
  presets: 20,
  /** Events that medians and tables of a tab look back at: what a draw costs must not grow with the session. */
  recent: 1_000,
} as const;
