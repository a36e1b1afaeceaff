import { type Tally, tallyPlaywright, tallyVitest } from './test-report.ts';

export interface Step {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
  readonly isLive?: true;
  /** A suite counts its tests, from the report it leaves in `reports/<name>.json`; any other step counts as one. */
  readonly tally?: (report: never) => Tally;
}

const script = (name: string, path: string): Step => ({
  name,
  program: process.execPath,
  args: ['--conditions=source', '--import', 'tsx', path],
});

const tool = (name: string, ...args: readonly string[]): Step => ({
  name,
  program: `node_modules/.bin/${args[0]}`,
  args: args.slice(1),
});

export const reportOf = (name: string): string => `reports/${name}.json`;

const vitest = (name: string): Step => ({
  ...tool(
    name,
    'vitest',
    'run',
    '--project',
    name,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportOf(name)}`,
  ),
  tally: tallyVitest,
});

const playwright = (name: string, project: string): Step => ({
  ...tool(name, 'playwright', 'test', '--project', project, '--pass-with-no-tests'),
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf(name) },
  tally: tallyPlaywright,
});

/** `npm test`, in this order: what is quick and tells most comes first. */
export const STEPS: readonly Step[] = [
  { ...script('browsers', 'scripts/browsers.ts'), isLive: true },
  script('build', 'scripts/build.ts'),
  tool('lint', 'biome', 'check', '.'),
  tool('types', 'tsc', '-b'),
  script('walls', 'scripts/walls.ts'),
  script('size', 'scripts/size.ts'),
  vitest('unit'),
  vitest('browser'),
  playwright('e2e-chromium', 'chromium'),
  playwright('e2e-firefox', 'firefox'),
  { ...script('e2e-djust', 'scripts/e2e-djust.ts'), tally: tallyPlaywright },
];

/** The steps that `--only a,b` means: by name, or by the part before the dash (`e2e`). Nothing when a name is unknown. */
export function selectSteps(only: readonly string[]): readonly Step[] | undefined {
  const isMeant = (step: Step, name: string): boolean => step.name === name || step.name.startsWith(`${name}-`);
  if (!only.every((name) => STEPS.some((step) => isMeant(step, name)))) return undefined;
  return STEPS.filter((step) => only.some((name) => isMeant(step, name)));
}
