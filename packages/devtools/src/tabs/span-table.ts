import type { PanelContext } from '../ui/context.ts';
import { h } from '../ui/dom.ts';
import { bytes, ms } from '../ui/format.ts';

const EVERY_MS = 2_000;

/** How long each step took on the server, over everything that was traced in its process, and how the process fares. */
export class SpanTable {
  readonly element: HTMLElement = h('div', {}, h('p.soft', {}, 'This server does not tell its steps.'));
  readonly #context: PanelContext;
  #askedAt = 0;

  constructor(context: PanelContext) {
    this.#context = context;
  }

  /** Asks again, not more often than every two seconds. */
  async update(): Promise<void> {
    const { clock, link } = this.#context;
    if (!link.isSubscribed || clock.now() < this.#askedAt + EVERY_MS) return;
    this.#askedAt = clock.now();
    const answer = await link.request({ type: 'dev:spans' });
    if (!answer.ok) return;
    const { spans, process } = answer.frame;
    const rows = Array.isArray(spans) ? (spans as Record<string, unknown>[]).slice(0, 64) : [];
    const body = h('tbody');
    for (const { name, count, p50, p95, p99, max } of rows) {
      const times = [p50, p95, p99, max].map((value) => h('td.num', {}, ms(Number(value))));
      body.append(h('tr', {}, h('td.mono', {}, String(name)), h('td.num', {}, String(count)), ...times));
    }
    const heads = ['Step', 'count', 'median', '95 %', '99 %', 'most'];
    const head = h('tr', {}, ...heads.map((text, at) => h(at === 0 ? 'th' : 'th.num', {}, text)));
    this.element.replaceChildren(h('table', {}, h('thead', {}, head), body), processLine(process));
  }
}

function processLine(value: unknown): HTMLElement {
  const { rss, busy, sessions, lag } = (value ?? {}) as Record<string, unknown>;
  const { p99, max } = (lag ?? {}) as Record<string, unknown>;
  const parts = [
    typeof rss === 'number' && `${bytes(rss)} of memory`,
    typeof busy === 'number' && `its event loop busy ${(100 * busy).toFixed(0)} % since the last look`,
    typeof p99 === 'number' && `late by ${ms(p99)} at 99 %, ${ms(Number(max))} at most`,
    typeof sessions === 'number' && `${sessions} sessions`,
  ].filter(Boolean);
  return h('p.soft', {}, parts.length > 0 ? `The server process: ${parts.join(', ')}.` : '');
}
