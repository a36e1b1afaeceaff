import { OP, ROOT_ID } from '@djust/protocol';
import { HtmlDiffer } from '../diff/html.ts';
import type { TemplateResult, Warn } from '../view/html.ts';
import type { StreamSource } from '../view/stream.ts';
import { Renderer } from '../view/tree.ts';
import type { Body } from './outgoing.ts';

/**
 * One session's picture of its page when all that is known of it is HTML: another template engine wrote it, or the browser
 * takes only the patches of djust 1.x. Each render is parsed and compared with the one before.
 */
export class HtmlRendering {
  readonly #form: 'patches' | 'ops';
  readonly #warn: Warn;
  readonly #streams: StreamSource | undefined;
  #differ: HtmlDiffer | undefined;

  constructor(form: 'patches' | 'ops', warn: Warn, streams?: StreamSource) {
    this.#form = form;
    this.#warn = warn;
    this.#streams = streams;
  }

  /** The whole content anew. */
  full(result: TemplateResult | string): string {
    const onDuplicateKey = (key: string): void => this.#warn({ code: 'template/duplicate-key', at: key });
    this.#differ = new HtmlDiffer(this.#htmlOf(result), { form: this.#form, onDuplicateKey });
    return this.#differ.html;
  }

  /** The browser never hears of the last update; the next one replaces the whole content. */
  drop(): void {
    this.#differ = undefined;
  }

  /** What changed since the last render, or nothing. */
  update(result: TemplateResult | string): Body {
    const differ = this.#differ;
    if (!differ) {
      const html = this.full(result);
      return this.#form === 'ops' ? { type: 'patch', ops: [[OP.html, ROOT_ID, html]] } : { type: 'html_update', html };
    }
    const html = this.#htmlOf(result);
    if (this.#form === 'ops') {
      const ops = differ.ops(html);
      return ops.length > 0 ? { type: 'patch', ops } : undefined;
    }
    const patches = differ.patches(html);
    return patches.length > 0 ? { type: 'patch', patches } : undefined;
  }

  #htmlOf(result: TemplateResult | string): string {
    if (typeof result === 'string') return result;
    const streams = this.#streams;
    return new Renderer({ warn: this.#warn, isStatic: true, ...(streams && { streams }) }).root(result).html;
  }
}
