import type { Candidate } from '../candidates.ts';
import type { Lane } from './lane.ts';
import { djust } from './lanes/djust.ts';
import { idiomorph, innerHTML, morphdom } from './lanes/html-lanes.ts';
import { limit } from './lanes/limit.ts';
import { lit } from './lanes/lit.ts';
import { liveview } from './lanes/liveview.ts';
import { preact } from './lanes/preact.ts';

export const LANES: Record<Candidate, Lane> = {
  limit,
  djust,
  morphdom,
  idiomorph,
  phoenix_live_view: liveview,
  preact,
  lit,
  innerHTML,
};
