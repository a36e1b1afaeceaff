import { OP, type Ops, OpWriter, ROOT_ID } from '@djust/protocol';
import { updateRegion } from '../diff/slots.ts';
import type { TemplateResult } from '../view/html.ts';
import { type Region, Renderer, type Warn } from '../view/tree.ts';

/** One session's picture of its page: the tree behind the HTML that the browser shows. */
export class Rendering {
  readonly #renderer: Renderer;
  #region: Region | undefined;

  constructor(warn: Warn) {
    this.#renderer = new Renderer({ warn });
  }

  /** The whole content anew, under ids that were never used before in this session. */
  full(result: TemplateResult): string {
    const { region, html } = this.#renderer.root(result);
    this.#region = region;
    return html;
  }

  /** The browser never hears of the last update; the next one replaces the whole content. */
  drop(): void {
    this.#region = undefined;
  }

  /**
   * What changed since the last render. A throw (a value that cannot be rendered, a row function that fails) leaves the
   * tree half new; then it is dropped, and the next update replaces the whole content.
   */
  update(result: TemplateResult): Ops {
    const region = this.#region;
    if (!region) return [[OP.html, ROOT_ID, this.full(result)]];
    this.#region = undefined;
    const writer = new OpWriter();
    updateRegion(region, result, this.#renderer, writer);
    this.#region = region;
    return writer.ops;
  }
}
