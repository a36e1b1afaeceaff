import type { PanelContext } from '../ui/context.ts';
import { svg } from '../ui/dom.ts';
import { clockTime } from '../ui/format.ts';

const WIDTH = 1_000;
const COLOURS: Readonly<Record<string, string>> = {
  live: '#3aa76d',
  mounting: '#d9a514',
  connecting: '#d9a514',
  recovering: '#d9a514',
  waiting: '#c2571a',
  stopped: '#c0392b',
  idle: '#93a1ad',
};

/** The phases of the connection as a strip, with a tick for each event. */
export function connectionLane({ store, clock, client }: PanelContext): SVGElement {
  const phases = store.transitions.items.filter(({ to }) => to !== 'closed');
  const first = phases[0]?.at ?? clock.now();
  const span = Math.max(1_000, clock.now() - first);
  const x = (at: number): number => ((at - first) / span) * WIDTH;
  const said = `The connection since ${clockTime(first)}; now it is ${client()?.phase ?? 'not there'}.`;
  const chart = svg('svg', {
    viewBox: `0 0 ${WIDTH} 46`,
    class: 'lane',
    preserveAspectRatio: 'none',
    role: 'img',
    'aria-label': said,
  });
  for (const [at, phase] of phases.entries()) {
    const end = phases[at + 1]?.at ?? clock.now();
    const width = Math.max(1, x(end) - x(phase.at));
    const title = svg('title', {}, `${phase.to} from ${clockTime(phase.at)}`);
    chart.append(
      svg('rect', { x: x(phase.at), y: 14, width, height: 14, fill: COLOURS[phase.to] ?? '#93a1ad' }, title),
    );
  }
  for (const { at, code } of store.transitions.items) {
    if (code !== undefined)
      chart.append(
        svg('rect', { x: x(at), y: 8, width: 2, height: 26, fill: '#c0392b' }, svg('title', {}, `closed ${code}`)),
      );
  }
  // One path for all: hundreds of ticks that are drawn anew a few times a second must not be elements of their own.
  const events = store.events.items.slice(-300).filter(({ createdAt }) => createdAt >= first);
  const ticks = (wanted: boolean): string =>
    events
      .filter(({ error }) => (error !== undefined) === wanted)
      .map(({ createdAt }) => `M${x(createdAt).toFixed(1)} 32v8`)
      .join('');
  for (const [isFailed, stroke] of [
    [false, '#4a80c4'],
    [true, '#c0392b'],
  ] as const)
    chart.append(svg('path', { d: ticks(isFailed), stroke, 'stroke-width': 1.5 }));
  return chart;
}
