import type { Page } from '@playwright/test';

/** What happened in the pages of one tab, across documents. */
export interface Observed {
  /** `turbo:load` events: kind and path. */
  readonly loads: { kind: string; path: string; id: number; token: string | undefined }[];
  /** Runs of the inline script, by the token of its page. */
  readonly runs: Map<string, number>;
  /** Most mounts that one root element had, those apart that took a session up again. */
  mostInits: number;
  /** Roots that were mounted. */
  inits: number;
  readonly said: string[];
}

type Note =
  | { kind: 'load'; load: Observed['loads'][number] }
  | { kind: 'run'; token: string }
  | { kind: 'init'; times: number };

/** The text of the script that reports its runs. */
export const PROBE = 'globalThis.note({ kind: "run", token: document.currentScript.dataset.token })';

export async function observe(page: Page): Promise<Observed> {
  const observed: Observed = { loads: [], runs: new Map(), mostInits: 0, inits: 0, said: [] };
  await page.exposeFunction('note', (note: Note) => {
    if (note.kind === 'load') observed.loads.push(note.load);
    if (note.kind === 'run') observed.runs.set(note.token, (observed.runs.get(note.token) ?? 0) + 1);
    if (note.kind === 'init') {
      observed.mostInits = Math.max(observed.mostInits, note.times);
      if (note.times === 1) observed.inits++;
    }
  });
  await page.addInitScript(() => {
    const { note } = globalThis as unknown as { note(note: Note): void };
    const inits = new WeakMap<Element, number>();
    document.addEventListener('turbo:load', (event) => {
      const { kind, id } = (event as CustomEvent).detail ?? {};
      const { token } = document.querySelector<HTMLElement>('main script[data-token]')?.dataset ?? {};
      note({ kind: 'load', load: { kind, id, path: location.pathname, token } });
    });
    document.addEventListener('djust:view-mounted', (event) => {
      const { root, outcome } = (event as CustomEvent).detail;
      if (outcome === 'resumed') return;
      inits.set(root, (inits.get(root) ?? 0) + 1);
      note({ kind: 'init', times: inits.get(root) as number });
    });
  });
  page.on('console', (message) => observed.said.push(message.text()));
  page.on('pageerror', (error) => observed.said.push(String(error.stack ?? error)));
  return observed;
}
