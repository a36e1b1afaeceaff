import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Random } from '../random.ts';
import { controlled, stopWorkers } from './browser.ts';
import { Site, STRICT_POLICY } from './site.ts';
import { Layout } from './site-layout.ts';
import { storedText } from './stored.ts';
import { canaryOf, Users } from './users.ts';
import { workerOf } from './worker.ts';

export interface PrivacyResult {
  /** Bytes of the first user's secret that the second one could find: on a screen, in a store, in an answer. */
  readonly canaryBytes: number;
  /** What was done, for a schedule that went wrong. */
  readonly steps: string[];
}

const STEPS_OF_A = 8;
const STEPS_OF_B = 8;

/** One browser, first A, then B, in an order that the random numbers choose. */
export async function probePrivacy(browser: Browser, random: Random, isSilent = false): Promise<PrivacyResult> {
  const site = await Site.open({ delayMs: 20, policy: STRICT_POLICY });
  const users = new Users(isSilent);
  const context = await browser.newContext();
  try {
    site.handlers.push(users.answer);
    site.worker = await workerOf({ pages: true, prefetch: true });
    const schedule = new Schedule(context, site, users, random);
    await schedule.begin();
    await schedule.signIn('A');
    for (let step = 0; step < STEPS_OF_A; step++) await schedule.step();
    await schedule.leave();
    let bytes = await schedule.visibleBytes();
    await schedule.signIn('B');
    for (let step = 0; step < STEPS_OF_B; step++) {
      await schedule.step();
      bytes += await schedule.visibleBytes();
    }
    return { canaryBytes: bytes + schedule.glimpsed + (await schedule.storedBytes()), steps: schedule.done };
  } finally {
    await context.close();
    await site.close();
  }
}

const SECRET = canaryOf('A');
const bytesIn = (text: string): number => (text.split(SECRET).length - 1) * SECRET.length;

/** A page may be loaded anew at any moment, by the worker or by its update; what was begun then is begun again. */
async function patiently(act: () => Promise<void>): Promise<void> {
  for (let tries = 10; ; tries--) {
    try {
      return await act();
    } catch (error) {
      if (tries === 0 || !/navigation|detached|interrupted|ERR_ABORTED/i.test(String(error))) throw error;
    }
  }
}

class Schedule {
  readonly done: string[] = [];
  /** Bytes that stood on a screen for a moment while B was signed in. */
  glimpsed = 0;
  #user = '';
  /** When that was, as pages and this process tell the time. */
  #since = 0;
  #build = 1;
  readonly #context: BrowserContext;
  readonly #site: Site;
  readonly #users: Users;
  readonly #random: Random;

  constructor(context: BrowserContext, site: Site, users: Users, random: Random) {
    this.#context = context;
    this.#site = site;
    this.#users = users;
    this.#random = random;
  }

  get #tabs(): Page[] {
    return this.#context.pages();
  }

  async begin(): Promise<void> {
    // Looks at every state of the document, not only at the last: a page that shows for a moment has been shown.
    await this.#context.addInitScript((secret) => {
      new MutationObserver(() => {
        const text = document.documentElement?.textContent ?? '';
        if (text.includes(secret)) console.debug(`glimpse ${text.split(secret).length - 1} ${Date.now()}`);
      }).observe(document, { childList: true, subtree: true, characterData: true });
    }, SECRET);
    this.#context.on('console', (message) => {
      const [, count, at] = /^glimpse (\d+) (\d+)/.exec(message.text()) ?? [];
      // What was seen before B came may be told later.
      if (count && this.#user === 'B' && Number(at) >= this.#since) this.glimpsed += Number(count) * SECRET.length;
    });
    const page = await this.#context.newPage();
    await patiently(async () => {
      await page.goto(`${this.#site.origin}/user/home`);
      await controlled(page);
    });
  }

  async signIn(user: string): Promise<void> {
    const page = this.#random.pick(this.#tabs);
    this.done.push(`sign in ${user}`);
    await patiently(async () => {
      await page.goto(`${this.#site.origin}/user/home`);
      await page.click(`#in-${user}`);
      await page.getByText(`of ${user}`).waitFor();
    });
    this.#user = user;
    this.#since = Date.now();
  }

  /** A is gone: by the button, by an expiry that the next page tells of, or because B signs in over it. */
  async leave(): Promise<void> {
    const how = this.#random.pick(['out', 'expire', 'over'] as const);
    this.done.push(how);
    this.#user = '';
    if (how === 'over') return;
    const page = this.#random.pick(this.#tabs);
    if (how === 'expire') this.#users.expire();
    await patiently(async () => {
      await page.goto(`${this.#site.origin}/user/home`);
      if (how === 'out' && (await page.getByText('of A').count()) > 0) await page.click('#out');
      await page.getByText('Please sign in').waitFor();
    });
  }

  async step(): Promise<void> {
    const { pick, int } = this.#random;
    const tab = pick(this.#tabs);
    const what = pick([
      'visit',
      'visit',
      'visit',
      'back',
      'back',
      'forward',
      'tab',
      'reload',
      'kill',
      'deploy',
    ] as const);
    this.done.push(what);
    const quietly = (act: Promise<unknown>): Promise<unknown> => act.catch(() => {});
    if (what === 'visit') await quietly(tab.goto(`${this.#site.origin}/user/${1 + int(4)}`));
    if (what === 'back') await quietly(tab.goBack({ timeout: 3_000 }));
    if (what === 'forward') await quietly(tab.goForward({ timeout: 3_000 }));
    if (what === 'reload') await quietly(tab.reload());
    if (what === 'kill') await stopWorkers(tab);
    if (what === 'tab' && this.#tabs.length < 3) {
      const page = await this.#context.newPage();
      await page.goto(`${this.#site.origin}/user/${1 + int(4)}`);
    }
    if (what === 'deploy') {
      this.#site.layout = new Layout(String(++this.#build));
      this.#site.worker += `\n// build ${this.#build}`;
    }
  }

  /** What of A stands in any tab when everything that was told of the change has come to rest. */
  async visibleBytes(): Promise<number> {
    if (this.#user === 'A' || (this.#user === '' && this.done.at(-1) === 'over')) return 0;
    let bytes = 0;
    for (let look = 0; look < 40; look++) {
      bytes = 0;
      for (const tab of this.#tabs) bytes += bytesIn(await tab.content().catch(() => ''));
      if (bytes === 0) return 0;
      await this.#site.delay(50);
    }
    return bytes;
  }

  async storedBytes(): Promise<number> {
    const page = await this.#context.newPage();
    let text = '';
    await patiently(async () => {
      await page.goto(`${this.#site.origin}/page/1`);
      text = await storedText(page);
    });
    return bytesIn(text);
  }
}
