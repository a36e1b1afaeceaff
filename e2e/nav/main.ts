import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from '../../scripts/builder.ts';
import { command, Refusal } from '../../scripts/command.ts';
import { fromRoot } from '../../scripts/root.ts';
import { measureNavigation, type NavReport } from './measure.ts';

/** `npm run nav -- --navigations N --seed S`: walks through the example site and writes what it counted. */
await command(import.meta.url, async () => {
  const { values } = parseArgs({
    options: { navigations: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' } },
  });
  const navigations = Number(values.navigations);
  const seed = Number(values.seed);
  if (!Number.isInteger(navigations) || navigations < 1 || !Number.isInteger(seed))
    throw new Refusal('Give whole numbers: --navigations 500 --seed 1');
  await build({ only: ['client', 'turbonav', 'lib:server-ref', 'lib:protocol'], say: () => {} });
  const report = await measureNavigation(navigations, seed);
  mkdirSync(fromRoot('reports'), { recursive: true });
  writeFileSync(fromRoot('reports/nav.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log(JSON.stringify(report, null, 2));
  const faults = faultsOf(report);
  if (faults.length > 0) throw new Refusal(faults.join('\n'));
});

function faultsOf(report: NavReport): string[] {
  const rules: [boolean, string][] = [
    [report.initsPerPage === 1, 'A view was mounted more than once.'],
    [report.maxOpenSockets <= 1, 'Two sockets were open at once.'],
    [report.orphanSockets === 0, 'A socket stayed open.'],
    [report.scriptRunsActual === report.scriptRunsExpected, 'An inline script did not run exactly once.'],
    [report.loadEvents === report.navigations, 'turbo:load did not come once for each navigation.'],
    [report.handshakes === 1, 'A navigation between live pages opened another socket.'],
    [report.heapGrowthBytes < 2 ** 20, 'The heap grew by more than 1 MiB.'],
    [report.said.length === 0, 'A page wrote to the console.'],
  ];
  return rules.flatMap(([isKept, fault]) => (isKept ? [] : [fault]));
}
