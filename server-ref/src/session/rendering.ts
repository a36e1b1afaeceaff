import { numberIds, OP, type Ops, OpWriter, ROOT_ID } from '@djust/protocol';
import { updateRegion } from '../diff/slots.ts';
import { TemplateBook } from '../diff/templates.ts';
import type { TemplateResult, Warn } from '../view/html.ts';
import type { StreamSource } from '../view/stream.ts';
import { type Region, Renderer } from '../view/tree.ts';

/** One session's picture of its page: the tree behind the HTML that the browser shows. */
export class Rendering {
  readonly #renderer: Renderer;
  readonly #templates = new TemplateBook();
  #region: Region | undefined;

  constructor(warn: Warn, streams?: StreamSource) {
    this.#renderer = new Renderer({ warn, ...(streams && { streams }) });
  }

  /** What the page shows, as far as it is known; for the debug panel. */
  get tree(): Region | undefined {
    return this.#region;
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
    this.forgetTemplates();
  }

  /** Another connection: what the browser knows of templates is not sure any more. */
  forgetTemplates(): void {
    this.#templates.clear();
  }

  /**
   * What changed since the last render; with `hasTemplates` new rows may travel as values. A throw (a value
   * that cannot be rendered, a row function that fails) leaves the tree half new; then it is dropped, and the next update
   * replaces the whole content.
   */
  update(result: TemplateResult, hasTemplates = false): Ops {
    const region = this.#region;
    if (!region) return [[OP.html, ROOT_ID, this.full(result)]];
    this.#region = undefined;
    const out = new OpWriter();
    const templates = hasTemplates ? this.#templates : undefined;
    updateRegion(region, result, { renderer: this.#renderer, out, templates });
    this.#region = region;
    return hasTemplates ? numberIds(out.ops) : out.ops;
  }
}
