export interface TurbonavOptions {
  /** Selector of the region that is replaced; exactly one element on every page. Default: `main`. */
  root?: string;
  /** Milliseconds after which a page that does not come is given up. Default: 30,000; 0 waits for ever. */
  timeoutMs?: number;
  /** Fetches a page when its link is pointed at. Default: true. */
  hasPrefetch?: boolean;
}

export type TurbonavConfig = Readonly<Required<TurbonavOptions>>;

/** Sizes and times: what is kept is bounded. */
export const LIMITS = {
  /** Pages kept for the back button. */
  pages: 10,
  /** Scroll positions kept for a reload. */
  positions: 100,
  /** A page that was fetched ahead is good for so long. */
  prefetchMs: 10_000,
  /** The pointer rests on a link for so long before its page is fetched. */
  hoverMs: 80,
  /** A page is shown without its new stylesheets after so long. */
  styleMs: 2_000,
  /** A script that does not come holds up the ones behind it for so long. */
  scriptMs: 10_000,
  progressMs: 300,
} as const;

export function readConfig(options: TurbonavOptions): TurbonavConfig {
  return { root: 'main', timeoutMs: 30_000, hasPrefetch: true, ...options };
}
