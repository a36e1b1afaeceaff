import type { Random } from '../random.ts';

/** What goes wrong before an event is made. */
export const FAULTS = [
  'nothing',
  'cut',
  'reset',
  'freeze',
  'mute',
  'down',
  'delay',
  'bandwidth',
  'close-1012',
  'close-1013',
  'reload',
  'crash',
  'duplicate',
  'quota',
  'kill-site',
  'kill-redis-connections',
] as const;
export type Fault = (typeof FAULTS)[number];

export interface Step {
  readonly fault: Fault;
  /** Events made one right behind the other after it. */
  readonly events: number;
  /** The page gets time to settle before the next step. */
  readonly isCalm: boolean;
}

/** How often each comes. Those that take long come seldom; without Redis a site that is killed forgets its sessions. */
const WEIGHTS: Readonly<Record<Fault, number>> = {
  nothing: 8,
  cut: 4,
  reset: 3,
  freeze: 3,
  mute: 4,
  down: 3,
  delay: 2,
  bandwidth: 2,
  'close-1012': 2,
  'close-1013': 1,
  reload: 4,
  crash: 2,
  duplicate: 1,
  quota: 1,
  'kill-site': 2,
  'kill-redis-connections': 2,
};

/** A schedule of so many events; the same for the same chance. */
export function makeSchedule(events: number, random: Random, hasRedis: boolean): Step[] {
  const faults = FAULTS.filter((fault) => hasRedis || !fault.startsWith('kill')).flatMap((fault) =>
    Array.from({ length: WEIGHTS[fault] }, () => fault),
  );
  const steps: Step[] = [];
  for (let left = events; left > 0; ) {
    const step = { fault: random.pick(faults), events: Math.min(left, 1 + random.int(5)), isCalm: random.int(4) === 0 };
    steps.push(step);
    left -= step.events;
  }
  return steps;
}
