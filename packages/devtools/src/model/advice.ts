import type { DebugEvent } from './entries.ts';
import { breachesOf, type RuleName } from './rules.ts';

export interface Warning {
  readonly rule: RuleName;
  readonly level: 'warn' | 'bad';
  /** What was measured, and against what. */
  readonly says: string;
  readonly fix: string;
  readonly event: DebugEvent;
}

interface Advice {
  readonly unit: string;
  readonly what: string;
  readonly fix: string;
}

/** What to say of a broken rule, and how to mend it. */
export const ADVICE: Readonly<Record<RuleName, Advice>> = {
  'slow-patch': {
    unit: ' ms',
    what: 'Putting the answer in place took',
    fix: 'Key the rows of long lists with repeat(), or show fewer of them (dj-virtual).',
  },
  'slow-handler': {
    unit: ' ms',
    what: 'The handler took',
    fix: 'Wrap its parts in span(name, fn) to see which one; start long work elsewhere and broadcast its end.',
  },
  'slow-render': {
    unit: ' ms',
    what: 'Rendering took',
    fix: 'Keep unchanged rows the same objects: repeat() skips them. Compute in the handler, not in render.',
  },
  'many-operations': {
    unit: '',
    what: 'Operations in one answer:',
    fix: 'A list without keys rewrites its rows. Use repeat(items, key, row).',
  },
  'large-frame': {
    unit: ' B',
    what: 'The answer weighed',
    fix: 'Show a page of the list at a time, or change less of the page at once.',
  },
  'large-state': {
    unit: ' B',
    what: 'The state weighed',
    fix: 'Keep ids in the state and look the rest up; the State tab shows which field is large.',
  },
  'slow-answer': {
    unit: ' ms',
    what: 'From the gesture to the page it took',
    fix: 'Look at the waterfall: a long way there or back is the network, a gap before it is the queue.',
  },
  'long-queue': {
    unit: ' ms',
    what: 'Before it was sent it waited',
    fix: 'Events of a view go one by one: make the one before it shorter, or debounce what comes often (dj-debounce).',
  },
  'slow-network': {
    unit: ' ms',
    what: 'Besides the work of the server, the way there and back took',
    fix: 'Bring the server nearer, answer with less, or show the guess at once (dj-optimistic).',
  },
  'slow-commit': {
    unit: ' ms',
    what: 'Storing the state took',
    fix: 'Keep less in the state, or look at the store: every answer waits for it.',
  },
  'slow-paint': {
    unit: ' ms',
    what: 'Style, layout and paint of the change took',
    fix: 'content-visibility: auto for what is out of sight, fewer rows, no reading of sizes in hooks.',
  },
  'many-nodes': {
    unit: '',
    what: 'Elements that came or went:',
    fix: 'Show a window of the list (dj-virtual), or key its rows so that they are moved and not made anew.',
  },
  'large-parameters': {
    unit: ' B',
    what: 'The parameters weighed',
    fix: 'Send an id and look the rest up on the server; files go by dj-upload.',
  },
  'no-change': {
    unit: ' ms',
    what: 'Rendered without any change to show, in',
    fix: 'Answer nothing when nothing changes; a handler that returns its state as it was renders nothing.',
  },
};

/** What is worth a word about this event, as sentences. */
export const warningsOf = (event: DebugEvent): Warning[] =>
  breachesOf(event).map(({ rule, level, measured, limit }) => {
    const { unit, what, fix } = ADVICE[rule];
    const shown = Number.isInteger(measured) ? measured : measured.toFixed(1);
    return { rule, level, says: `${what} ${shown}${unit}, more than ${limit}${unit}.`, fix, event };
  });
