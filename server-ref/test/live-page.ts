import { type Fault, OP, type Ops, OpWriter } from '@djust/protocol';
import { updateRegion } from '../src/diff/slots.ts';
import type { TemplateResult } from '../src/view/html.ts';
import { type Region, Renderer } from '../src/view/tree.ts';
import { canonical, canonicalOf, openPage, type Page } from './apply-ops.ts';

/** A view and the page that shows it, without a server between them. */
export class LivePage {
  readonly html: string;
  readonly page: Page;
  readonly faults: Fault[] = [];
  readonly #renderer: Renderer;
  readonly #region: Region;

  constructor(first: TemplateResult) {
    this.#renderer = new Renderer({ warn: (fault) => this.faults.push(fault) });
    const { region, html } = this.#renderer.root(first);
    this.#region = region;
    this.html = html;
    this.page = openPage(html);
  }

  /** Shows the next render. Answers the operations, and throws when the page is not as a fresh render would show it. */
  update(next: TemplateResult): Ops {
    const out = new OpWriter();
    updateRegion(this.#region, next, { renderer: this.#renderer, out, templates: undefined });
    this.page.apply(out.ops);
    const shown = canonical(this.page.root);
    const wanted = canonicalOf(new Renderer().root(next).html);
    if (shown !== wanted) throw new Error(`the page shows\n${shown}\ninstead of\n${wanted}`);
    return out.ops;
  }
}

/** How many operations there are in all groups. */
export function countOf(ops: Ops, arity: readonly number[]): number {
  const isMove = (code: number): boolean => code === OP.move || code === OP.moveAfter;
  return ops.reduce((sum, [code, ...args]) => sum + args.length / (arity[code] as number) - (isMove(code) ? 1 : 0), 0);
}
