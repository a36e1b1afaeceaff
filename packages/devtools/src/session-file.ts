import { playwrightTest } from './model/playwright.ts';
import { readTraceFile, writeTraceFile } from './model/trace-file.ts';
import type { PanelContext } from './ui/context.ts';
import { h } from './ui/dom.ts';
import { bytes } from './ui/format.ts';

/** Saves the session as a file; answers what to say about it. */
export async function exportSession({ recorder, prefs, clock }: PanelContext): Promise<string> {
  const text = await writeTraceFile(recorder.flush().held, prefs.redact, {
    app: location.host,
    ua: navigator.userAgent,
    exportedAt: new Date(clock.now()).toISOString(),
  });
  save('session.djtrace.json', text, 'application/json');
  return `Exported ${bytes(text.length)}, without what ${prefs.redact || 'no rule'} names.`;
}

/** Saves what happened on this page as a Playwright test. */
export function exportTest({ recorder, prefs }: PanelContext): string {
  const text = playwrightTest(recorder.flush().held, { redact: prefs.redact });
  save('session.spec.ts', text, 'text/plain');
  return `Exported ${bytes(text.length)}: run it with your own Playwright.`;
}

/** Opens a session from a file, to read it: recording stops until it is cleared. */
export async function importSession({ recorder, store, refresh }: PanelContext, file: File): Promise<string> {
  const read = await readTraceFile(await file.text());
  if (!read.ok) return read.fault;
  recorder.flush();
  recorder.isPaused = true;
  store.clear();
  store.pages.clear();
  store.restore(read.value.trace);
  refresh();
  const { app, exportedAt } = read.value;
  return `Opened a session of ${app.slice(0, 80)} from ${exportedAt.slice(0, 40)}. Recording is paused.`;
}

export function save(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h('a', { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
