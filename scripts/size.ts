import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { HINTS } from '@djust/protocol';
import { units } from '../rollup.config.mjs';
import { build, bundledModules } from './builder.ts';
import { BUNDLES } from './bundles.mjs';
import { command, Refusal } from './command.ts';
import { fromRoot } from './root.ts';
import { type Baseline, type BundleSize, findDevTexts, measure, moduleTable, sizeTable } from './size-report.ts';

const BASELINE = fromRoot('scripts/size-baseline.json');

/** The debug panel: what every page of a development server loads, and all of it with its tabs. @see issue 8 */
function measurePanel(): BundleSize[] {
  const folder = fromRoot('packages/devtools/dist/script');
  const read = (name: string): Buffer => readFileSync(`${folder}/${name}`);
  const all = readdirSync(folder).filter((name) => name.endsWith('.js'));
  return [
    measure('djust-devtools.js', read('djust-devtools.js'), 20 * 1024),
    measure('the panel with all tabs', Buffer.concat(all.map(read)), 60 * 1024),
  ];
}

/** What must not reach production: the hints for developers, and the hook of the devtools. */
const DEV_TEXTS = [...Object.values(HINTS), '__DJUST_TAP__', 'djust-devtools'];

/** `npm run size -- [--modules] [--update]`. Fails above a budget and when a production bundle holds development text. */
await command(import.meta.url, async () => {
  const { values } = parseArgs({ options: { modules: { type: 'boolean' }, update: { type: 'boolean' } } });
  await build({ only: units().flatMap(({ name }) => (name.startsWith('lib:') ? [] : [name])) });
  const baseline: Baseline = existsSync(BASELINE) ? JSON.parse(readFileSync(BASELINE, 'utf8')) : {};
  const modules = bundledModules();
  const bundles = BUNDLES.map(({ folder, name, limitGzip }) => {
    const path = `${folder}/dist/${name}.min.js`;
    return { path, file: `${name}.min.js`, limitGzip, modules: modules[path] };
  }).filter((bundle) => bundle.modules !== undefined);
  if (!bundles.length) throw new Refusal('There is no bundle to measure.');

  const measured = bundles.map((bundle) => {
    const code = readFileSync(fromRoot(bundle.path));
    return { ...bundle, code, size: measure(bundle.file, code, bundle.limitGzip) };
  });
  const panel = measurePanel();
  const sizes = [...measured.map(({ size }) => size), ...panel];
  console.log(sizeTable(sizes, baseline).join('\n'));
  mkdirSync(fromRoot('reports'), { recursive: true });
  writeFileSync(fromRoot('reports/size.json'), `${JSON.stringify({ bundles: sizes }, null, 2)}\n`);

  const faults: string[] = [];
  for (const { file, gzip, limitGzip } of panel)
    if (gzip > limitGzip) faults.push(`${file} is ${gzip - limitGzip} bytes over its budget of ${limitGzip}.`);
  for (const { file, code, size, modules = {} } of measured) {
    const isOver = size.gzip > size.limitGzip;
    if (isOver || values.modules) console.log(`\n${file}\n${moduleTable(modules, baseline[file]?.modules).join('\n')}`);
    if (isOver) faults.push(`${file} is ${size.gzip - size.limitGzip} bytes over its budget of ${size.limitGzip}.`);
    const devTexts = findDevTexts(code.toString(), DEV_TEXTS);
    if (devTexts.length)
      faults.push(`${file} contains development text; keep it behind \`if (__DEV__)\`: ${devTexts[0]}`);
  }
  if (values.update) {
    const entries = measured.map(({ file, size, modules = {} }) => [file, { gzip: size.gzip, modules }]);
    writeFileSync(BASELINE, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
    console.log('\nWrote scripts/size-baseline.json.');
  }
  if (faults.length) throw new Refusal(`\n${faults.join('\n')}`);
});
