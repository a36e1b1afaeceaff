import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { command, Refusal } from '../scripts/command.ts';
import { writeMeasured } from '../scripts/measured.ts';
import { fromRoot } from '../scripts/root.ts';
import { type BenchBrowser, openBrowser } from './src/browser/open.ts';
import { measureWorkload } from './src/browser/rounds.ts';
import { type Options, readOptions } from './src/options.ts';
import { resultsOf, rounded } from './src/report/assemble.ts';
import { describeMachine } from './src/report/machine.ts';
import { asMarkdown, asText } from './src/report/print.ts';
import type { LongTask, Note, Report } from './src/report/report.ts';
import { wireSizes } from './src/report/wire.ts';
import { makeFixture } from './src/server/fixture.ts';
import { spawnServerPart } from './src/server/spawn.ts';

const REPORT = fromRoot('reports/bench.json');
const DOC = 'docs/performance.md';

/**
 * `npm run bench -- [--rounds N] [--only ids] [--candidates names] [--seed S]` measures and writes reports/bench.json.
 * `npm run bench -- --doc` brings the last report into docs/performance.md.
 */
await command(import.meta.url, async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.isForDoc) {
    if (!existsSync(REPORT)) throw new Refusal('There is no report yet. `npm run bench` makes one.');
    writeMeasured(DOC, asMarkdown(JSON.parse(readFileSync(REPORT, 'utf8')) as Report));
    console.log(`${DOC} has the figures.`);
    return;
  }
  const browser = await openBrowser();
  try {
    const report = await measureAll(browser, options);
    mkdirSync(fromRoot('reports'), { recursive: true });
    writeFileSync(REPORT, `${JSON.stringify(report, null, 2)}\n`);
    console.log(`\n${asText(report)}\n\nWritten to reports/bench.json.`);
  } finally {
    await browser.close();
  }
});

async function measureAll(browser: BenchBrowser, { workloads, seed, rounds, candidates }: Options): Promise<Report> {
  const say = (line: string): void => console.log(line);
  const measured: { id: string; results: ReturnType<typeof resultsOf> }[] = [];
  const longTasks: LongTask[] = [];
  const notes: Note[] = [];
  for (const workload of workloads) {
    const startedAt = Date.now();
    say(`${workload.id}: ${workload.title}`);
    const fixture = makeFixture(workload, seed);
    const page = await browser.open(workload.id, seed, fixture);
    const { samples, ...rest } = await measureWorkload(page, workload, { rounds, seed, candidates, say });
    await page.close();
    measured.push({ id: workload.id, results: resultsOf(samples, wireSizes(workload, seed, fixture)) });
    longTasks.push(...rest.longTasks);
    notes.push(...rest.notes);
    say(`  ${samples.size} candidates, ${rounds} rounds, ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }
  say('server: the difference to the last render');
  const serverDiff = await spawnServerPart(
    workloads.filter((workload) => !workload.candidates).map(({ id }) => id),
    seed,
  );
  return {
    machine: describeMachine(browser.version),
    rounds,
    seed,
    workloads: measured,
    serverDiff: serverDiff.map((one) => ({
      ...one,
      p50Us: rounded(one.p50Us),
      ratioToFullRender: rounded(one.ratioToFullRender),
    })),
    longTasks,
    notes,
  };
}
