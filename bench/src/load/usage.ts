/** What the site's process has used so far; memory after a full collection of garbage. */
export interface Usage {
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** User and system time. */
  readonly cpuUs: number;
  readonly sessions: number;
}
