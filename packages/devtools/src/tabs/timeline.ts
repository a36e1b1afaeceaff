import { binsOf, withRange } from '../model/bins.ts';
import type { DebugEvent } from '../model/entries.ts';
import { svg } from '../ui/dom.ts';
import { clockTime, plural } from '../ui/format.ts';

const PIECES = 120;
const WIDTH = 1_000;
const HEIGHT = 30;

export interface Timeline {
  readonly element: SVGElement;
  draw(events: readonly DebugEvent[]): void;
}

/**
 * When the events were made. To drag over a piece of it filters for that time, a click takes the range away; keys have the
 * same in the filter line, as `t<1m` or `since:` and `until:`.
 */
export function timeline(query: () => string, changed: (query: string) => void): Timeline {
  const element = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: 'lane brush',
    preserveAspectRatio: 'none',
    role: 'img',
  });
  const bars = svg('path', { fill: '#4a80c4' });
  const bad = svg('path', { fill: '#c0392b' });
  const brush = svg('rect', { y: 0, height: HEIGHT, width: 0, fill: '#0f948840' });
  element.append(bars, bad, brush);
  let range: readonly [from: number, to: number] = [0, 1];

  const shareAt = ({ clientX }: PointerEvent): number => {
    const { left, width } = element.getBoundingClientRect();
    return Math.min(1, Math.max(0, (clientX - left) / Math.max(1, width)));
  };
  const timeAt = (share: number): number => range[0] + share * (range[1] - range[0]);
  element.addEventListener('pointerdown', (event) => {
    const down = event as PointerEvent;
    const abort = new AbortController();
    const { signal } = abort;
    const start = shareAt(down);
    element.setPointerCapture(down.pointerId);
    const ends = (at: number): [number, number] => [Math.min(start, at), Math.max(start, at)];
    const move = (moving: Event): void => {
      const [from, to] = ends(shareAt(moving as PointerEvent));
      brush.setAttribute('x', String(WIDTH * from));
      brush.setAttribute('width', String(WIDTH * (to - from)));
    };
    const up = (moving: Event): void => {
      abort.abort();
      brush.setAttribute('width', '0');
      const [from, to] = ends(shareAt(moving as PointerEvent));
      changed(withRange(query(), to - from < 0.005 ? undefined : [timeAt(from), timeAt(to)]));
    };
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener('pointerup', up, { signal });
    element.addEventListener('pointercancel', () => abort.abort(), { signal });
  });

  return {
    element,
    draw(events) {
      const { from, to, counts, failed } = binsOf(events, PIECES);
      range = [from, to];
      const most = Math.max(1, ...counts);
      const step = WIDTH / PIECES;
      const path = (isBad: boolean): string =>
        counts
          .map((count, at) => {
            const tall = (HEIGHT - 2) * (count / most);
            return count > 0 && failed[at] === isBad ? `M${at * step} ${HEIGHT}v${-tall}h${step - 1}v${tall}z` : '';
          })
          .join('');
      bars.setAttribute('d', path(false));
      bad.setAttribute('d', path(true));
      element.setAttribute(
        'aria-label',
        `${plural(events.length, 'event')} from ${clockTime(from)} to ${clockTime(to)}`,
      );
    },
  };
}
