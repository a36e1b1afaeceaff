import { h } from '../ui/dom.ts';
import { ms } from '../ui/format.ts';

/** Long tasks and slow interactions, as the browser reports them. */
export class LongTasks {
  readonly #found: { what: string; at: number; tookMs: number }[] = [];
  readonly #observers: PerformanceObserver[] = [];
  /** Something was found since it was drawn. */
  isNew = false;

  constructor() {
    for (const type of ['longtask', 'event']) {
      if (!PerformanceObserver.supportedEntryTypes?.includes(type)) continue;
      const observer = new PerformanceObserver((list) => {
        for (const { name, startTime, duration } of list.getEntries()) {
          if (duration >= 50)
            this.#found.push({
              what: type === 'event' ? `interaction ${name}` : 'long task',
              at: startTime,
              tookMs: duration,
            });
        }
        this.#found.splice(0, Math.max(0, this.#found.length - 100));
        this.isNew = true;
      });
      observer.observe({ type, buffered: true });
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
