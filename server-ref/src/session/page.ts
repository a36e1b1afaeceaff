import type { ExtFeature, JsonObject } from '@djust/protocol';
import { span } from '../debug/span.ts';
import type { View } from '../view/define-view.ts';
import type { TemplateResult, Warn } from '../view/html.ts';
import type { Region } from '../view/tree.ts';
import type { Effect } from './context.ts';
import { freezeDeep, nextState } from './dispatch.ts';
import { HtmlRendering } from './html-rendering.ts';
import { SessionLog } from './log.ts';
import { type Body, commitFrames, type Echo, hasSideFrames } from './outgoing.ts';
import { Rendering } from './rendering.ts';
import { Streams } from './streams.ts';

/** What a step can be taken back to. */
interface Before {
  readonly state: JsonObject;
  readonly version: number;
  readonly title: string;
}

/** A view's state, what the browser shows of it, and how it got there. Versions count what was shown. */
export class Page {
  /** Replaced only in development, when its source changes. */
  view: View;
  readonly log: SessionLog = new SessionLog();
  readonly streams: Streams;
  state: JsonObject;
  version = 0;
  readonly #warn: Warn;
  readonly #isFrozen: boolean;
  /** Shown in place of the state. Development only. */
  #pretended: JsonObject | undefined;
  readonly #rendering: Rendering;
  /** In its place when there are no slots to compare, or no operations to send. */
  #htmlRendering: HtmlRendering | undefined;
  #title = '';
  /** What the browser can take; a page is born for one of ours. */
  #features: readonly ExtFeature[] = ['ack', 'resume', 'adopt', 'ops'];

  constructor(view: View, options: { warn: Warn; isFrozen: boolean }) {
    this.view = view;
    // All sessions begin with this very object: a handler that wrote into it would write into everybody's.
    this.state = freezeDeep(view.state);
    this.#warn = options.warn;
    this.#isFrozen = options.isFrozen;
    this.streams = new Streams(view, () => this.state);
    this.#rendering = new Rendering(options.warn, this.streams);
  }

  get features(): readonly ExtFeature[] {
    return this.#features;
  }

  /** The tree behind the page, while it is made of templates and its browser knows operations. */
  get tree(): Region | undefined {
    return this.#htmlRendering ? undefined : this.#rendering.tree;
  }

  /** A browser comes, with what it can take. */
  join(features: readonly ExtFeature[]): void {
    this.#features = features;
    this.#rendering.forgetTemplates();
    if (this.#hasOps) return;
    this.streams.hold();
    this.#htmlRendering = new HtmlRendering('patches', this.#warn, this.streams);
  }

  get title(): string {
    const { title } = this.view;
    return typeof title === 'function' ? title(this.#shown) : (title ?? '');
  }

  /** The first render. */
  open(change: Partial<JsonObject> | undefined): string {
    this.#set(nextState(this.state, change));
    const html = this.html();
    this.#title = this.title;
    this.version = 1;
    this.#forget();
    return html;
  }

  /**
   * Goes on where another process was. The first render comes out the same here, ids and all, so a page that still shows
   * it can stay; any other gets its content anew. So does one that shows what is not stored: it is not the same any more.
   */
  restore({ state, version }: { state: JsonObject; version: number }): void {
    this.#set(state);
    this.version = version;
    this.#title = this.title;
    if (version === 1 && !this.view.streams && this.view.unstored.length === 0) this.html();
    else this.log.startAt(version + 1);
  }

  /** The whole content for a browser that shows nothing of it yet. */
  html(): string {
    const result = this.view.render(this.#shown);
    if (typeof result === 'string') this.#htmlRendering ??= new HtmlRendering('ops', this.#warn);
    return this.#htmlRendering?.full(result) ?? this.#rendering.full(result as TemplateResult);
  }

  /** The first render, to be shown as it was made, unless it was made for another kind of browser. */
  show(html: string): string {
    return this.#hasOps ? html : this.html();
  }

  /** The whole content for a browser that shows an earlier version: its ids are gone now, so no frame of the past applies. */
  renew(): string {
    const html = this.html();
    this.version++;
    this.log.clear();
    return html;
  }

  /**
   * Takes a change in and answers the frames that tell a browser, and how to take it back when it cannot be committed.
   * Throws when the new state cannot be rendered; then the page is as before.
   */
  step(
    change: Partial<JsonObject> | undefined,
    effects: readonly Effect[],
    echo: Echo,
  ): { frames: string[]; undo: () => void } {
    const before: Before = { state: this.state, version: this.version, title: this.#title };
    const undo = (): void => this.#restore(before);
    try {
      this.#set(nextState(before.state, change));
      const frames = this.#frames(before, effects, echo);
      this.#forget();
      return { frames, undo };
    } catch (error) {
      undo();
      throw error;
    }
  }

  /** Shows another state than the true one, or with nothing the true one again; answers the frames for the browser. */
  pretend(state: JsonObject | undefined): string[] {
    const { version } = this;
    const before = { state: this.#pretended ?? {}, version, title: this.#title };
    this.#pretended = state;
    return this.#frames(before, [], { source: 'async' });
  }

  #frames(before: Before, effects: readonly Effect[], echo: Echo): string[] {
    const title = this.title;
    const newTitle = title === before.title ? undefined : title;
    const hasNews = this.streams.queue(effects);
    const changed = this.state === before.state && !hasNews ? undefined : this.#diff();
    const hasSide = hasSideFrames(effects) || newTitle !== undefined;
    // Side frames are numbered with a patch, an empty one if need be, so that a resume brings them back too.
    const body: Body = changed ?? (hasSide && this.#hasOps ? { type: 'patch', ops: [] } : undefined);
    if (!body && !hasSide && echo.event_name === undefined) return [];
    const version = body ? before.version + 1 : before.version;
    const frames = span('encode', () => commitFrames(body, version, echo, effects, newTitle));
    this.#title = title;
    this.version = version;
    if (body && this.#hasOps) this.log.add(version, frames);
    else if (!body && echo.ref !== undefined) this.log.answer(echo.ref, frames.at(-1) as string);
    return frames;
  }

  /** From the browser's page to the current state; nothing when they look the same. */
  #diff(): Body {
    const result = span('render', () => this.view.render(this.#shown));
    if (this.#htmlRendering) return this.#htmlRendering.update(result);
    const hasTemplates = this.#features.includes('templates');
    const ops = span('diff', () => this.#rendering.update(result as TemplateResult, hasTemplates));
    return ops.length > 0 ? { type: 'patch', ops } : undefined;
  }

  #restore({ state, version, title }: Before): void {
    if (this.version !== version) this.log.drop(this.version);
    this.state = state;
    this.version = version;
    this.#title = title;
    this.#rendering.drop();
    this.streams.drop();
    this.#htmlRendering?.drop();
  }

  /** What is shown once was shown. */
  #forget(): void {
    const { temporary, state } = this.view;
    if (!temporary) return;
    const first = Object.fromEntries(temporary.map((field: string) => [field, state[field]]));
    this.#set(nextState(this.state, first));
  }

  get #shown(): JsonObject {
    return this.#pretended ?? this.state;
  }

  get #hasOps(): boolean {
    return this.#features.includes('ops');
  }

  #set(state: JsonObject): void {
    this.state = this.#isFrozen ? freezeDeep(state) : state;
  }
}
