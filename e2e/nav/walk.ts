import type { Page } from '@playwright/test';
import type { Observed } from './observer.ts';

const MENU = ['/', '/tasks', '/counter', '/clock', '/notes', '/scripts'];

/** Ways to get from one page to another; each brings exactly one `turbo:load`. */
const ACTIONS = [
  'visit',
  'visit',
  'visit',
  'back',
  'forward',
  'bfcache',
  'redirect',
  'error',
  'double',
  'abort',
  'again',
  'copies',
] as const;

/** Walks at random through the site, as somebody in a hurry does: the next step may begin before the view is live. */
export class Walk {
  readonly #page: Page;
  readonly #observed: Observed;
  readonly #random: () => number;
  /** Entries behind and before the current one, within this document. */
  #behind = 0;
  #ahead = 0;
  #copies = 0;
  #loads = 0;

  constructor(page: Page, observed: Observed, random: () => number) {
    this.#page = page;
    this.#observed = observed;
    this.#random = random;
  }

  get loads(): number {
    return this.#loads;
  }

  async start(origin: string): Promise<void> {
    await this.#page.goto(`${origin}/`);
    await this.#arrived();
  }

  /** Answers what it did. */
  async step(): Promise<string> {
    const action = this.#pick(ACTIONS);
    switch (action) {
      case 'back':
        if (this.#behind === 0) return this.#visit();
        this.#behind--;
        this.#ahead++;
        await this.#run(() => history.back());
        break;
      case 'forward':
        if (this.#ahead === 0) return this.#visit();
        this.#behind++;
        this.#ahead--;
        await this.#run(() => history.forward());
        break;
      case 'bfcache':
        return this.#leaveAndComeBack();
      case 'redirect':
        await this.#click('/old');
        break;
      case 'error':
        await this.#click('/broken');
        break;
      case 'double':
        await this.#click(await this.#other(), 2);
        break;
      case 'abort':
        await this.#click('/slow');
        await this.#click(await this.#other());
        break;
      case 'again':
      case 'copies':
        await this.#include(action);
        return this.#visit();
      default:
        return this.#visit();
    }
    await this.#arrived();
    return action;
  }

  async #visit(): Promise<string> {
    await this.#click(await this.#other());
    await this.#arrived();
    return 'visit';
  }

  /** A page that the browser loads, and the way back. */
  async #leaveAndComeBack(): Promise<string> {
    const left = this.#page.waitForURL('**/plain');
    await this.#run(() => location.assign('/plain'));
    await left;
    // The browser brings it back whole, or loads it anew; then its earlier entries are of another document.
    await this.#run(() => history.back());
    await this.#arrived();
    this.#ahead = 0;
    if (this.#observed.loads.at(-1)?.kind !== 'bfcache') this.#behind = 0;
    return 'bfcache';
  }

  /** The scripts once more, or other builds of them. */
  async #include(kind: 'again' | 'copies'): Promise<void> {
    const urls =
      kind === 'again'
        ? ['/djust/djust.min.js', '/turbonav/turbonav.min.js']
        : ['/djust/djust.core.min.js', '/djust/djust.js', '/turbonav/turbonav.js'];
    const times = ++this.#copies;
    await this.#page.evaluate(
      (sources) => Promise.all(sources.map((source) => import(source))),
      urls.map((url) => `${url}?${times}`),
    );
  }

  async #other(): Promise<string> {
    const path = await this.#page.evaluate(() => location.pathname);
    return this.#pick(MENU.filter((other) => other !== path));
  }

  async #click(path: string, times = 1): Promise<void> {
    await this.#page.evaluate(
      ([href, count]) => {
        const link = document.createElement('a');
        link.href = href as string;
        document.body.append(link);
        for (let click = 0; click < Number(count); click++) link.click();
        link.remove();
      },
      [path, times],
    );
  }

  #run(script: () => void): Promise<void> {
    return this.#page.evaluate(script).catch(() => {});
  }

  async #arrived(): Promise<void> {
    this.#loads++;
    const from = this.#observed.loads.length;
    const end = Date.now() + 20_000;
    while (this.#observed.loads.length < this.#loads) {
      if (Date.now() > end)
        throw new Error(`no turbo:load came after ${from}: ${this.#page.url()} ${this.#observed.said.join('\n')}`);
      await this.#page.waitForTimeout(10);
    }
    const { loads } = this.#observed;
    const [last, before] = [loads.at(-1), loads.at(-2)];
    if (last?.kind === 'visit' && last.path !== before?.path) {
      this.#behind++;
      this.#ahead = 0;
    }
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }
}
