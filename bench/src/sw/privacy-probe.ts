import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Random } from '../random.ts';
import { controlled, stopWorkers } from './browser.ts';
import { Site, STRICT_POLICY } from './site.ts';
import { Layout } from './site-layout.ts';
import { type Stored, storedTexts } from './stored.ts';
import { canaryOf, Users } from './users.ts';
import { workerOf } from './worker.ts';

export interface PrivacyResult {
  /** Bytes of the first user's secret that the second one could find: on a screen, in a store, in an answer. */
  readonly canaryBytes: number;
  /** What was done, and what was found when and where: for a schedule that went wrong. */
  readonly story: string;
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
    const { story } = schedule;
    for (let step = 0; step < STEPS_OF_A; step++) await inTime(schedule.step(), story);
    await inTime(schedule.leave(), story);
    await inTime(schedule.lookAtTabs(), story);
    await inTime(schedule.signIn('B'), story);
    for (let step = 0; step < STEPS_OF_B; step++) {
      await inTime(schedule.step(), story);
      await inTime(schedule.lookAtTabs(), story);
    }
    await inTime(schedule.lookAtStores(), story);
    return { canaryBytes: schedule.bytes, story: schedule.story.join(', ') };
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

const HANG_MS = 60_000;

/** A browser that hangs is a finding too; it must say where. */
async function inTime<T>(act: Promise<T>, story: readonly string[]): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`did not end: ${story.join(', ')}`)), HANG_MS);
  });
  return Promise.race([act, late]).finally(() => clearTimeout(timer));
}

class Schedule {
  readonly story: string[] = [];
  bytes = 0;
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
        if (text.includes(secret))
          console.debug(`glimpse ${text.split(secret).length - 1} ${Date.now()} ${location.pathname}`);
      }).observe(document, { childList: true, subtree: true, characterData: true });
    }, SECRET);
    this.#context.on('console', (message) => {
      const [, count, at, path] = /^glimpse (\d+) (\d+) (.*)/.exec(message.text()) ?? [];
      // What was seen before B came may be told later.
      if (this.#user === 'B' && Number(at) >= this.#since)
        this.#find(
          `shown for a moment on ${path}, ${Number(at) - this.#since} ms after B came`,
          Number(count) * SECRET.length,
        );
    });
    const page = await this.#context.newPage();
    await patiently(async () => {
      await page.goto(`${this.#site.origin}/user/home`);
      await controlled(page);
    });
  }

  async signIn(user: string): Promise<void> {
    const page = this.#random.pick(this.#tabs);
    this.story.push(`sign in ${user}`);
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
    this.story.push(how);
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
    this.story.push(what);
    const quietly = (act: Promise<unknown>): Promise<unknown> => act.catch(() => {});
    if (what === 'visit') await quietly(tab.goto(`${this.#site.origin}/user/${1 + int(4)}`));
    if (what === 'back') await quietly(tab.goBack({ timeout: 3_000 }));
    if (what === 'forward') await quietly(tab.goForward({ timeout: 3_000 }));
    if (what === 'reload') await quietly(tab.reload());
    if (what === 'kill') {
      await this.#rest();
      await stopWorkers(tab);
    }
    if (what === 'tab' && this.#tabs.length < 3) {
      const page = await this.#context.newPage();
      await page.goto(`${this.#site.origin}/user/${1 + int(4)}`);
    }
    if (what === 'deploy') {
      this.#site.layout = new Layout(String(++this.#build));
      this.#site.worker += `\n// build ${this.#build}`;
    }
  }

  /**
   * Until the server has not been asked for a while. A browser ends no worker in the middle of a navigation; made to, this
   * one never goes on with it.
   */
  async #rest(): Promise<void> {
    for (let count = -1; count !== this.#site.log.length; await this.#site.delay(300)) count = this.#site.log.length;
  }

  /** What of A stands in any tab when everything that was told of the change has come to rest. */
  async lookAtTabs(): Promise<void> {
    if (this.#user === 'A' || (this.#user === '' && this.story.at(-1) === 'over')) return;
    let left: string[] = [];
    for (let look = 0; look < 40; look++) {
      left = [];
      for (const tab of this.#tabs)
        if (bytesIn(await tab.content().catch(() => '')) > 0) left.push(new URL(tab.url()).pathname);
      if (left.length === 0) return;
      await this.#site.delay(50);
    }
    for (const path of left) this.#find(`stands on ${path}`, SECRET.length);
  }

  async lookAtStores(): Promise<void> {
    const page = await this.#context.newPage();
    let stored: Stored[] = [];
    await patiently(async () => {
      await page.goto(`${this.#site.origin}/page/1`);
      stored = await storedTexts(page);
    });
    for (const { where, text } of stored) this.#find(`stored in ${where}`, bytesIn(text));
  }

  #find(what: string, bytes: number): void {
    if (bytes === 0) return;
    this.bytes += bytes;
    this.story.push(`FOUND ${bytes} bytes: ${what}`);
  }
}
