import type { PanelContext } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { bytes } from '../ui/format.ts';

/** What `performance.measureUserAgentSpecificMemory` resolves to. */
interface Measured {
  readonly bytes: number;
  readonly breakdown: readonly { readonly bytes: number; readonly types: readonly string[] }[];
}

interface Browser {
  readonly memory?: { readonly usedJSHeapSize: number };
  measureUserAgentSpecificMemory?(): Promise<Measured>;
}

const HOW =
  'Send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp with the page to have all of it measured.';

/** What the page weighs: all of it where the page is isolated from others, else the heap, where the browser tells. */
export class PageMemory {
  readonly element: HTMLElement = h('div');
  readonly #context: PanelContext;
  readonly #said: HTMLElement = h('p.soft', { role: 'status' });
  readonly #table: HTMLElement = h('div');
  #isMeasuring = false;

  constructor(context: PanelContext) {
    this.#context = context;
    const measure = (performance as Browser).measureUserAgentSpecificMemory;
    this.element.append(h('h3', {}, 'Memory of the page'), this.#said, this.#table);
    if (!globalThis.crossOriginIsolated || !measure) {
      this.#said.textContent = heapNow();
      return;
    }
    this.element.append(
      h(
        'div.actions',
        {},
        button('Measure again', () => void this.#measure()),
      ),
    );
    void this.#measure();
  }

  /** The heap grows while nobody asks. */
  update(): void {
    if (!globalThis.crossOriginIsolated) this.#said.textContent = heapNow();
  }

  async #measure(): Promise<void> {
    if (this.#isMeasuring) return;
    this.#isMeasuring = true;
    const { clock } = this.#context;
    this.#said.textContent = 'The browser measures it when it next collects garbage, within some twenty seconds.';
    try {
      const startedAt = clock.now();
      const measured = await (performance as Browser).measureUserAgentSpecificMemory?.();
      if (measured) this.#show(measured, clock.now() - startedAt);
    } catch (error) {
      this.#said.textContent = `The browser did not measure it: ${error instanceof Error ? error.message : error}`;
    }
    this.#isMeasuring = false;
  }

  #show({ bytes: all, breakdown }: Measured, tookMs: number): void {
    this.#said.textContent = `The page takes ${bytes(all)}, measured within ${Math.round(tookMs / 1_000)} s.`;
    const sums = new Map<string, number>();
    for (const { types, bytes: part } of breakdown) {
      const name = types.join(', ') || 'other';
      if (part > 0) sums.set(name, (sums.get(name) ?? 0) + part);
    }
    const rows = [...sums].sort(([, a], [, b]) => b - a);
    const body = h('tbody');
    for (const [name, part] of rows) body.append(h('tr', {}, h('td', {}, name), h('td.num', {}, bytes(part))));
    this.#table.replaceChildren(h('table', { 'aria-label': 'Memory by kind' }, body));
  }
}

function heapNow(): string {
  const { memory } = performance as Browser;
  const heap = memory
    ? `The page uses ${bytes(memory.usedJSHeapSize)} of heap.`
    : 'This browser does not tell the size of the heap.';
  const canMeasure = 'measureUserAgentSpecificMemory' in performance || memory !== undefined;
  return globalThis.crossOriginIsolated || !canMeasure ? heap : `${heap} ${HOW}`;
}
