import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { command, Refusal } from './command.ts';
import { fromRoot } from './root.ts';
import { run } from './run.ts';
import { settle, type Tally } from './test-report.ts';
import { reportOf, STEPS, type Step, selectSteps } from './test-steps.ts';

const STEP_TIMEOUT_MS = 30 * 60_000;
const EMPTY = 'there are no tests, which only --allow-empty lets pass';

/**
 * `npm test -- [--only unit,browser] [--allow-empty]`. All steps run, also after one failed. The last line is
 * `N passed, N failed`: each test of a suite counts, each other step counts as one.
 */
await command(import.meta.url, async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' }, 'allow-empty': { type: 'boolean' } } });
  const steps = values.only ? selectSteps(values.only.split(',')) : STEPS;
  if (!steps) throw new Refusal(`--only takes some of: ${STEPS.map(({ name }) => name).join(', ')}.`);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  mkdirSync(fromRoot('reports'), { recursive: true });

  const results: (Tally & { name: string })[] = [];
  for (const step of steps) {
    if (stop.signal.aborted) break;
    results.push({ name: step.name, ...(await runStep(step, values['allow-empty'] ?? false, stop.signal)) });
  }

  const skipped = results.flatMap((result) => result.skipped.map((test) => `  ${result.name}: ${test}`));
  if (skipped.length) console.log(`\nSkipped tests:\n${skipped.join('\n')}`);
  const broken = results.filter(({ failed }) => failed > 0).map(({ name }) => name);
  if (broken.length) console.log(`\nFailed steps: ${broken.join(', ')}`);
  if (stop.signal.aborted) console.log('\nInterrupted; what comes after was not run.');
  const [passed, failed] = [sum(results.map((one) => one.passed)), sum(results.map((one) => one.failed))];
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});

async function runStep(step: Step, mayBeEmpty: boolean, signal: AbortSignal): Promise<Tally> {
  const { name, program, args, env, isLive = false } = step;
  console.log(`— ${name}`);
  // An earlier report must not pass for the one of this run.
  rmSync(fromRoot(reportOf(name)), { force: true });
  const { isOk, output, tookMs } = await run(program, args, {
    env: env ?? {},
    isLive,
    timeoutMs: STEP_TIMEOUT_MS,
    signal,
  });
  writeFileSync(fromRoot(`reports/${name}.log`), output);
  const tally = step.tally ? settle(readTally(step), isOk && !signal.aborted, mayBeEmpty) : outcome(isOk);
  const isEmpty = step.tally !== undefined && isOk && tally.passed + tally.skipped.length === 0;
  if (tally.failed && !isLive && !isEmpty) console.log(output.trimEnd());
  const summary = isEmpty ? EMPTY : step.tally ? counts(tally) : tally.failed ? '' : lastLine(output);
  console.log(`  ${tally.failed ? 'FAILED' : 'ok'} (${(tookMs / 1000).toFixed(1)} s) ${summary}`.trimEnd());
  return tally;
}

function outcome(isOk: boolean): Tally {
  return { passed: isOk ? 1 : 0, failed: isOk ? 0 : 1, skipped: [] };
}

function readTally({ name, tally }: Step): Tally | undefined {
  try {
    return tally?.(JSON.parse(readFileSync(fromRoot(reportOf(name)), 'utf8')) as never);
  } catch {
    // No report, or half of one: the suite died, and `settle` counts that.
    return undefined;
  }
}

function counts({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped.length ? `, ${skipped.length} skipped` : ''}`;
}

function lastLine(output: string): string {
  return output.trimEnd().split('\n').at(-1)?.trim() ?? '';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
