import type { Json, JsonObject } from '@djust/protocol';
import type { DebugEvent, DebugFrame } from './entries.ts';
import { Redactor } from './redact.ts';
import type { HeldTrace } from './trace-store.ts';

export interface TestOptions {
  /** What to reproduce; all events of the last page when absent. */
  readonly events?: readonly DebugEvent[];
  readonly redact: string;
  readonly title?: string;
}

const MOST_TEXTS = 4;
const LONGEST_TEXT = 120;

/**
 * A Playwright test that does again what was recorded. It demands what should have been: every event is taken, nothing
 * reports an error, and the texts that came then come again. So the recording of a failure is red until it is mended.
 */
export function playwrightTest(held: HeldTrace, { events, redact, title }: TestOptions): string {
  const last = held.pages.at(-1);
  const chosen = events ?? held.events.filter(({ page }) => page === last?.page);
  const first = chosen[0];
  const page = held.pages.find((one) => one.page === first?.page) ?? last;
  const redactor = new Redactor(redact);
  const steps = chosen.map((event) => step(event, held.frames, redactor));
  const name = title ?? `${page?.url ?? '/'}: ${[...new Set(chosen.map((event) => event.name))].join(', ')}`;
  return `import { expect, test } from '@playwright/test';

test(${quoted(name)}, async ({ page }) => {
  await page.addInitScript(() => {
    const faults: unknown[] = [];
    Object.assign(globalThis, { faults });
    document.addEventListener('djust:error', (event) => faults.push((event as CustomEvent).detail.code));
  });
  await page.goto(${quoted(page?.url ?? '/')});
  await expect.poll(() => page.evaluate(\`globalThis[Symbol.for('djust.client')]?.phase\`)).toBe('live');
  const settled = () => page.evaluate(\`globalThis[Symbol.for('djust.client')].settled()\`);
  const push = (event: string, params: object) =>
    page.evaluate(([name, given]) => (globalThis as any)[Symbol.for('djust.client')].push(name, given), [event, params] as const);
  const view = page.locator('[dj-view]');
${steps.join('\n')}
  expect(await page.evaluate('faults')).toEqual([]);
});
`;
}

function step(event: DebugEvent, frames: readonly DebugFrame[], redactor: Redactor): string {
  const { name, gesture, ref, page, error } = event;
  const params = redactor.value(event.params as Json) as JsonObject;
  const was = error ? `, then: ${error.code}` : '';
  const lines = [`\n  // ${name}${was}`.replaceAll(/[\r\u2028\u2029]/g, ' ')];
  if (gesture === undefined)
    lines.push(`  expect(await push(${quoted(name)}, ${JSON.stringify(params)})).toMatchObject({ status: 'acked' });`);
  else lines.push(`  await page.locator(${quoted(gesture.css)}).nth(${gesture.nth}).click();`, '  await settled();');
  const answer = frames.find(
    (frame) => frame.direction === 'in' && frame.ref === ref && frame.page === page && ref !== undefined,
  );
  for (const text of textsOf(answer).map((one) => redactor.text(one)))
    lines.push(`  await expect(view).toContainText(${quoted(text)});`);
  return lines.join('\n');
}

/** Texts that the answer put on the page. */
function textsOf(frame: DebugFrame | undefined): string[] {
  if (frame?.type !== 'patch') return [];
  try {
    const { ops = [] } = JSON.parse(frame.text) as { ops?: Json[][] };
    const texts: string[] = [];
    for (const [code, ...args] of ops) {
      if (code !== 0 && code !== 1) continue;
      for (let at = 1; at < args.length; at += 2) texts.push(String(args[at]).trim());
    }
    return texts.filter((text) => text !== '' && text.length <= LONGEST_TEXT).slice(0, MOST_TEXTS);
  } catch {
    return [];
  }
}

/** A string of TypeScript, with nothing in it that could end it. */
const quoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'").replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
