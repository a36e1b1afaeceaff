import type { ExtFeature, JsonObject } from '@djust/protocol';
import type { View } from '../view/define-view.ts';
import type { Warn } from '../view/tree.ts';
import type { Effect } from './context.ts';
import { freezeDeep, nextState } from './dispatch.ts';
import { SessionLog } from './log.ts';
import { type Body, commitFrames, type Echo, hasSideFrames } from './outgoing.ts';
import { Rendering } from './rendering.ts';

/** A view's state, what the browser shows of it, and how it got there. Versions count what was shown. */
export class Page {
  readonly view: View;
  readonly log: SessionLog = new SessionLog();
  /** What the browser can take; a page is born for one of ours. */
  features: readonly ExtFeature[] = ['ack', 'resume', 'adopt', 'ops'];
  state: JsonObject;
  version = 0;
  readonly #warn: Warn;
  readonly #isFrozen: boolean;
  readonly #rendering: Rendering;
  /** What a browser without `ops` shows. */
  #html = '';
  #title = '';

  constructor(view: View, options: { warn: Warn; isFrozen: boolean }) {
    this.view = view;
    this.state = view.state;
    this.#warn = options.warn;
    this.#isFrozen = options.isFrozen;
    this.#rendering = new Rendering(options.warn);
  }

  get title(): string {
    const { title } = this.view;
    return typeof title === 'function' ? title(this.state) : (title ?? '');
  }

  /** The first render. */
  open(change: Partial<JsonObject> | undefined): string {
    this.#set(nextState(this.state, change));
    const html = this.html();
    this.#title = this.title;
    this.version = 1;
    return html;
  }

  /** The whole content, under ids that no browser has seen. */
  html(): string {
    this.#html = this.#rendering.full(this.view.render(this.state));
    return this.#html;
  }

  /**
   * Takes a change in and answers the frames that tell a browser. Throws when the new state cannot be rendered; then
   * the page is as before.
   */
  step(change: Partial<JsonObject> | undefined, effects: readonly Effect[], answered: Echo): string[] {
    const before = this.state;
    this.#set(nextState(before, change));
    let changed: Body;
    let newTitle: string | undefined;
    try {
      changed = this.state === before ? undefined : this.#diff();
      newTitle = this.title === this.#title ? undefined : this.title;
    } catch (error) {
      this.state = before;
      throw error;
    }
    this.#title = newTitle ?? this.#title;
    const isLogged = this.features.includes('ops');
    const hasSide = hasSideFrames(effects) || newTitle !== undefined;
    // Side frames are numbered with a patch, an empty one if need be, so that a resume brings them back too.
    const body: Body = changed ?? (hasSide && isLogged ? { type: 'patch', ops: [] } : undefined);
    if (!body && !hasSide && answered.event_name === undefined) return [];
    if (body) this.version++;
    const frames = commitFrames(body, this.version, answered, effects, newTitle);
    if (body && isLogged) this.log.add(this.version, frames);
    else if (answered.ref !== undefined) this.log.answer(answered.ref, frames.at(-1) as string);
    return frames;
  }

  /** From the browser's page to the current state; nothing when they look the same. */
  #diff(): Body {
    const result = this.view.render(this.state);
    if (this.features.includes('ops')) {
      const ops = this.#rendering.update(result);
      return ops.length > 0 ? { type: 'patch', ops } : undefined;
    }
    const html = new Rendering(this.#warn).full(result);
    if (html === this.#html) return undefined;
    this.#html = html;
    return { type: 'html_update', html };
  }

  #set(state: JsonObject): void {
    this.state = this.#isFrozen ? freezeDeep(state) : state;
  }
}
