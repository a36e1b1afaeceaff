import { h } from '../ui/dom.ts';
import { ms } from '../ui/format.ts';

const MIN_MS = 50;

/** Long tasks and slow interactions, as the browser reports them: observed as long as they are shown, and those of before with them. */
export class LongTasks {
  readonly #found: { what: string; at: number; tookMs: number }[] = [];
  readonly #observers: PerformanceObserver[] = [];
  /** Something was found since it was drawn. */
  isNew = false;

  /** @param told  something was found */
  constructor(told: () => void) {
    for (const type of ['longtask', 'event']) {
      if (!PerformanceObserver.supportedEntryTypes?.includes(type)) continue;
      const observer = new PerformanceObserver((list) => {
        const found = list.getEntries().filter(({ duration }) => duration >= MIN_MS);
        if (found.length === 0) return;
        for (const { name, startTime, duration } of found)
          this.#found.push({
            what: type === 'event' ? `interaction ${name}` : 'long task',
            at: startTime,
            tookMs: duration,
          });
        this.#found.splice(0, Math.max(0, this.#found.length - 100));
        this.isNew = true;
        told();
      });
      // Without the threshold the browser tells of events from 104 ms on.
      observer.observe({ type, buffered: true, durationThreshold: MIN_MS } as PerformanceObserverInit);
      this.#observers.push(observer);
    }
  }

  stop(): void {
    for (const observer of this.#observers) observer.disconnect();
  }

  /** @param during  what of the page lies between two times of the wall clock */
  draw(during: (from: number, to: number) => HTMLElement | null): HTMLElement {
    this.isNew = false;
    if (this.#observers.length === 0) return h('p.soft', {}, 'This browser does not tell.');
    if (this.#found.length === 0) return h('p.soft', {}, 'Nothing.');
    const body = h('tbody');
    for (const { what, at, tookMs } of this.#found.slice(-20).reverse())
      body.append(
        h(
          'tr',
          {},
          h('td', {}, what),
          h('td', {}, during(performance.timeOrigin + at, performance.timeOrigin + at + tookMs)),
          h('td.num', {}, `${(at / 1_000).toFixed(2)} s`),
          h('td.num', {}, ms(tookMs)),
        ),
      );
    return h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', {}, 'What'),
          h('th', {}, 'during'),
          h('th.num', {}, 'since the load'),
          h('th.num', {}, 'took'),
        ),
      ),
      body,
    );
  }
}
