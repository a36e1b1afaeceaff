import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { command } from './command.ts';
import { ensurePython } from './python.ts';
import { fromRoot } from './root.ts';
import { run } from './run.ts';

const TIMEOUT_MS = 25 * 60_000;
const REPORT = 'reports/e2e-djust.json';

/**
 * `npm run e2e:djust -- [what Playwright takes]`: our client in front of an unmodified djust from PyPI. Where there is no
 * Python, or PyPI cannot be reached, it says so and counts as skipped.
 */
await command(import.meta.url, async () => {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const setup = await ensurePython(console.log, stop.signal);
  if (!setup.ok) {
    const sentence = `The tests against djust were not run: ${setup.reason}.`;
    console.log(sentence);
    writeReport(sentence);
    return;
  }
  const { isOk } = await run('node_modules/.bin/playwright', ['test', '--project=djust', ...process.argv.slice(2)], {
    env: { DJUST_PYTHON: setup.python, PLAYWRIGHT_JSON_OUTPUT_FILE: fromRoot(REPORT) },
    isLive: true,
    timeoutMs: TIMEOUT_MS,
    signal: stop.signal,
  });
  process.exitCode = isOk ? 0 : 1;
});

/** The same form as Playwright's, so that `npm test` lists the sentence among what was skipped. */
function writeReport(sentence: string): void {
  const report = {
    suites: [{ title: 'djust', specs: [{ title: sentence, tests: [{ status: 'skipped' }] }] }],
    errors: [],
  };
  const file = fromRoot(REPORT);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(report));
}
