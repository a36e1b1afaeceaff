import { CAPS } from '../model/caps.ts';
import type { PanelContext } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';

export interface FilterBar {
  readonly element: HTMLElement;
  readonly search: HTMLInputElement;
  /** Another query, as if it had been typed. */
  set(query: string): void;
  told(shown: number, all: number, faults: readonly string[]): void;
}

const EXAMPLES = ['status:error', 'ms>100', 'has:patch', 't<10s', 't<1m', 't<5m'];

/** The line in which events are filtered: a query, its hits, and queries that were kept. */
export function filterBar(context: PanelContext, changed: () => void): FilterBar {
  const { prefs } = context;
  const total = h('span.total', { role: 'status' });
  const search = h('input', {
    type: 'search',
    value: prefs.query,
    placeholder: 'name:save status:error ms>5 t<10s -view:form /^ad/',
    'aria-label': 'Filter events',
    title:
      'Terms: name: status: view: ref: page: has:patch ms> bytes> ops> apply> t< since: until: and /regular expressions/; - turns one around',
  });
  const set = (query: string): void => {
    prefs.query = query;
    search.value = query;
    context.save();
    changed();
  };
  search.addEventListener('input', () => set(search.value));
  search.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') set('');
  });
  const presets = h('select', { 'aria-label': 'Kept filters' });
  const drawPresets = (): void => {
    const options = ['Filters …', ...EXAMPLES, ...prefs.presets];
    presets.replaceChildren(...options.map((text, at) => h('option', { value: at === 0 ? '' : text }, text)));
  };
  presets.addEventListener('change', () => {
    if (presets.value) set(presets.value);
    presets.selectedIndex = 0;
  });
  const keep = button('Keep', () => {
    if (!prefs.query || prefs.presets.includes(prefs.query)) return;
    prefs.presets = [...prefs.presets, prefs.query].slice(-CAPS.presets);
    context.save();
    drawPresets();
  });
  drawPresets();
  return {
    element: h('div.toolbar', {}, search, presets, keep, total),
    search,
    set,
    told(shown, all, faults) {
      total.textContent = faults.length > 0 ? `not understood: ${faults.join(' ')}` : `${shown} / ${all}`;
      search.setAttribute('aria-invalid', String(faults.length > 0));
    },
  };
}
