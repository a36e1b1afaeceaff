import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { PACKAGES } from '../rollup.config.mjs';
import { command, Refusal } from './command.ts';
import { fromRoot, ROOT } from './root.ts';
import { check, isSource } from './walls-check.ts';

/** `npm run walls`: prints `file:line imports X: rule` for every finding. The scripts are measured, their imports are free. */
await command(import.meta.url, async () => {
  const sources = [...PACKAGES.map((folder) => `${folder}/src`), 'scripts'].flatMap(filesIn).filter(isSource);
  const manifests = PACKAGES.map((folder) => `${folder}/package.json`);
  const paths = [...sources, ...manifests, ...filesIn('docs/adr')];
  const findings = check(new Map(paths.map((path) => [path, readFileSync(fromRoot(path), 'utf8')])));
  for (const { file, line, text, isWarning } of findings)
    console.log(`${isWarning ? 'warning: ' : ''}${file}:${line} ${text}`);
  const faults = findings.filter(({ isWarning }) => !isWarning).length;
  if (faults) throw new Refusal(`${faults} of the imports or files break a wall.`);
  console.log(`The walls stand: ${sources.length} files.`);
});

/** All files below a folder, as paths in the repository with forward slashes. */
function filesIn(folder: string): string[] {
  if (!existsSync(fromRoot(folder))) return [];
  return readdirSync(fromRoot(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, `${entry.parentPath}/${entry.name}`).split(sep).join('/'));
}
