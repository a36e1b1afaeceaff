import type { DebugEvent } from '../model/entries.ts';
import { FACETS, type Facet, facetsOf, hasTerm, toggled } from '../model/facets.ts';
import { h } from '../ui/dom.ts';

const TITLES = { status: 'Status', name: 'Handler', view: 'View' } as const;

export interface FacetChips {
  readonly element: HTMLElement;
  /** @param events  those that the filter shows */
  draw(events: readonly DebugEvent[], query: string): void;
}

/**
 * How many of the shown events there are of each kind. A chip writes its term into the query, or takes it out again: what
 * is filtered stands in the query alone.
 */
export function facetChips(query: () => string, set: (query: string) => void): FacetChips {
  const chips = new Map<string, HTMLButtonElement>();
  const groups = new Map(FACETS.map((name) => [name, h('span.group', { role: 'group', 'aria-label': TITLES[name] })]));
  const element = h(
    'div.toolbar.facets',
    {
      role: 'toolbar',
      'aria-label': 'Counts',
      hidden: true,
      onkeydown: (event: KeyboardEvent) => step(element, event),
    },
    ...[...groups].map(([name, group]) => h('span', {}, h('span.soft', {}, TITLES[name]), ' ', group)),
  );
  const made = ({ term, value }: Facet): HTMLButtonElement => {
    const chip = h(
      'button.chip',
      { type: 'button', tabindex: -1, 'data-term': term, onclick: () => set(toggled(query(), term)) },
      h('span', {}, value),
      ' ',
      h('b'),
    );
    return chip;
  };
  return {
    element,
    draw(events, now) {
      const facets = facetsOf(events);
      element.hidden = facets.length === 0;
      const terms = new Set(facets.map(({ term }) => term));
      for (const [term, chip] of chips) {
        if (terms.has(term)) continue;
        chip.remove();
        chips.delete(term);
      }
      for (const [name, group] of groups) {
        const own = facets.filter((facet) => facet.name === name);
        (group.parentElement as HTMLElement).hidden = own.length === 0;
        for (const [at, facet] of own.entries()) {
          const chip = chips.get(facet.term) ?? made(facet);
          chips.set(facet.term, chip);
          chip.setAttribute('aria-pressed', String(hasTerm(now, facet.term)));
          (chip.lastElementChild as HTMLElement).textContent = String(facet.count);
          // One that has the focus keeps its place: to move it would take the focus away.
          if (group.children[at] !== chip && !chip.matches(':focus'))
            group.insertBefore(chip, group.children[at] ?? null);
        }
      }
      const all = chipsIn(element);
      if (!all.some(({ tabIndex }) => tabIndex === 0)) all[0]?.setAttribute('tabindex', '0');
    },
  };
}

const chipsIn = (element: HTMLElement): HTMLButtonElement[] => [...element.querySelectorAll('button')];

/** Arrows go from chip to chip: all of them are one stop of the Tab key. */
function step(element: HTMLElement, event: KeyboardEvent): void {
  const all = chipsIn(element);
  const at = all.indexOf(event.target as HTMLButtonElement);
  const goal = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  const next = goal === undefined ? undefined : all[goal];
  if (!next) return;
  event.preventDefault();
  for (const chip of all) chip.setAttribute('tabindex', chip === next ? '0' : '-1');
  next.focus();
}
