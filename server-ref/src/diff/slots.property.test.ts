import { OpWriter } from '@djust/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, canonicalOf, openPage } from '../../test/apply-ops.ts';
import { anyEdit, anyView, edited, render } from '../../test/random-views.ts';
import { Renderer } from '../view/tree.ts';
import { updateRegion } from './slots.ts';
import { TemplateBook } from './templates.ts';

const RUNS = Number(process.env.DJUST_RUNS ?? 300);

describe('updates of random views', () => {
  it('leave the page as a fresh render shows it', () => {
    const updates = fc.array(anyEdit, { minLength: 5, maxLength: 20 });
    fc.assert(
      fc.property(anyView, updates, fc.boolean(), (view, edits, hasTemplates) => {
        const renderer = new Renderer();
        const { region, html } = renderer.root(render(view));
        const page = openPage(html);
        let now = view;
        const templates = hasTemplates ? new TemplateBook() : undefined;
        for (const edit of edits) {
          now = edited(now, edit);
          const out = new OpWriter();
          updateRegion(region, render(now), { renderer, out, templates });
          page.apply(out.ops);
          expect(canonical(page.root)).toBe(canonicalOf(new Renderer().root(render(now)).html));
        }
      }),
      { numRuns: RUNS },
    );
  }, 60_000);

  it('say nothing when nothing changed', () => {
    fc.assert(
      fc.property(anyView, anyEdit, (view, edit) => {
        const renderer = new Renderer();
        const { region } = renderer.root(render(view));
        const next = edited(view, edit);
        updateRegion(region, render(next), { renderer, out: new OpWriter(), templates: undefined });
        const out = new OpWriter();
        updateRegion(region, render(next), { renderer, out, templates: undefined });
        expect(out.ops).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 60_000);
});
