import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { SiteProcess } from '../site-process.ts';
import type { Line } from './line.ts';
import { judge, missing, type Verdict } from './oracle.ts';
import type { Fault, Step } from './schedule.ts';
import {
  crash,
  ends,
  isKeeping,
  make,
  openLater,
  openTab,
  prepare,
  prepareTwin,
  quiet,
  ready,
  shown,
  stored,
} from './tab.ts';

export interface World {
  readonly browser: Browser;
  readonly site: SiteProcess;
  readonly line: Line;
  /** Breaks what the site has of connections to Redis; undefined when it runs without. */
  readonly breakRedis: (() => Promise<void>) | undefined;
  /** Off: pages get neither of the scripts that keep events. */
  readonly hasOutbox: boolean;
}

/** Longer than a page needs that finds its server again after everything. */
const END_MS = 60_000;
const CALM_MS = 10_000;
const QUOTA_BYTES = 1;
/** A line as of a phone at the edge of its cell: an answer is still coming when the next fault is there. */
const SLOW_BYTES = 2_000;

/** Plays a schedule in a browser profile of its own, lets everything come to rest, and judges. */
export async function runSchedule(world: World, steps: readonly Step[]): Promise<Verdict> {
  const context = await world.browser.newContext();
  const run = new ScheduleRun(world, context);
  try {
    return await run.play(steps);
  } finally {
    await context.close();
  }
}

class ScheduleRun {
  readonly #world: World;
  readonly #context: BrowserContext;
  /** The site remembers earlier schedules; no event of theirs has a name of ours. */
  readonly #id = crypto.randomUUID().slice(0, 8);
  readonly #made: string[] = [];
  /** Tabs that were duplicated; each has its own session. */
  readonly #twins: Page[] = [];
  #page!: Page;
  #count = 0;
  #fault: Fault = 'nothing';
  /** A minute more for each tab that crashed: to the next one it is surely gone. */
  #later = 0;

  constructor(world: World, context: BrowserContext) {
    this.#world = world;
    this.#context = context;
  }

  get #url(): string {
    return `${this.#world.line.origin}/log`;
  }

  async play(steps: readonly Step[]): Promise<Verdict> {
    await prepare(this.#context);
    if (!this.#world.hasOutbox) await this.#context.route(/djust\.(outbox|adopt)/, (route) => route.abort());
    this.#page = await openTab(this.#context, this.#url);
    await quiet(this.#page, CALM_MS);
    await this.#hasAddOns(this.#page);
    for (const { fault, events, isCalm } of steps) {
      await this.#commit(fault);
      await make(
        this.#page,
        Array.from({ length: events }, () => this.#name('main')),
      );
      if (isCalm) await quiet(this.#page, CALM_MS);
    }
    return this.#end();
  }

  #name(tab: string): string {
    const name = `${this.#id}${tab}-${++this.#count}@${this.#fault}`;
    this.#made.push(name);
    return name;
  }

  /** What keeps events is loaded when the page is live; before that a crash would find nothing kept. */
  async #hasAddOns(page: Page): Promise<void> {
    while (this.#world.hasOutbox && !(await isKeeping(page))) await new Promise((next) => setTimeout(next, 25));
  }

  #repair(): void {
    const { line } = this.#world;
    line.delayMs = 0;
    line.bytesPerSecond = 0;
    line.isDown = false;
  }

  async #commit(fault: Fault): Promise<void> {
    const { line, site, breakRedis } = this.#world;
    this.#repair();
    this.#fault = fault;
    switch (fault) {
      case 'nothing':
        return;
      case 'cut':
        return line.cut();
      case 'reset':
        return line.reset();
      case 'freeze':
        return line.freeze();
      case 'mute':
        return line.mute();
      case 'down':
        line.isDown = true;
        return line.cut();
      case 'delay':
        line.delayMs = 30;
        return;
      case 'bandwidth':
        line.bytesPerSecond = SLOW_BYTES;
        return;
      case 'close-1012':
        return line.closeWith(1012);
      case 'close-1013':
        return line.closeWith(1013);
      case 'reload':
        await this.#page.reload();
        await ready(this.#page);
        return this.#hasAddOns(this.#page);
      case 'crash':
        return this.#crash();
      case 'duplicate':
        return this.#duplicate();
      case 'quota':
        return this.#quota();
      case 'kill-site':
        await site.kill();
        await site.start();
        return;
      case 'kill-redis-connections':
        return breakRedis?.();
    }
  }

  async #crash(): Promise<void> {
    await crash(this.#page);
    this.#later += 60_000;
    this.#page = await openLater(this.#context, this.#url, this.#later);
    await this.#hasAddOns(this.#page);
  }

  async #duplicate(): Promise<void> {
    const coming = this.#page.waitForEvent('popup');
    await this.#page.evaluate(() => void window.open(location.href));
    const twin = await coming;
    await twin.waitForLoadState();
    await ready(twin);
    await prepareTwin(twin);
    await this.#hasAddOns(twin);
    await make(twin, [this.#name(`twin${this.#twins.length}`)]);
    // It can share the process of a tab that crashes; then its events are for others to send.
    twin.on('crash', () => {
      this.#twins.splice(this.#twins.indexOf(twin), 1);
      void twin.close();
    });
    this.#twins.push(twin);
  }

  /** The disk is full; from the next page on there is room again. */
  async #quota(): Promise<void> {
    const session = await this.#context.newCDPSession(this.#page);
    const { origin } = this.#world.line;
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: QUOTA_BYTES });
    await make(this.#page, [this.#name('main')]);
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await session.detach();
  }

  async #end(): Promise<Verdict> {
    const { line } = this.#world;
    this.#repair();
    // What is still frozen would only be found out by the heartbeat.
    line.cut();
    for (const page of [...this.#twins, this.#page]) await quiet(page, END_MS);
    const until = Date.now() + END_MS;
    while (this.#world.hasOutbox && (await stored(this.#page)) > 0 && Date.now() < until) {
      await new Promise((next) => setTimeout(next, 100));
    }
    const sessions = (await (await fetch(`${line.origin}/sessions`)).json()) as string[][];
    const mine = sessions.filter((session) => session.some((name) => this.#made.includes(name)));
    const observed = {
      made: this.#made,
      told: await ends(this.#page),
      sessions: mine,
      shown: await shown(this.#page),
    };
    const verdict = judge(observed);
    if (this.#world.hasOutbox && verdict.lost + verdict.silent > 0) console.log(missing(observed));
    return verdict;
  }
}
