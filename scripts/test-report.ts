/** The outcome of a step, in tests. */
export interface Tally {
  passed: number;
  failed: number;
  /** Full names. */
  skipped: string[];
}

/** What is read of the JSON reports of Vitest … */
interface VitestReport {
  testResults: {
    name: string;
    status: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

/** … and of Playwright. */
interface PlaywrightReport {
  suites: PlaywrightSuite[];
  errors: unknown[];
}

interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs: { title: string; tests: { status: string }[] }[];
}

export function tallyVitest(report: VitestReport): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: [] };
  for (const { name, status, assertionResults } of report.testResults) {
    for (const test of assertionResults) add(tally, test.status, `${fileName(name)}: ${test.fullName}`);
    // A file that cannot be loaded has no tests to count, nor has one whose hooks fail before the first.
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) tally.failed++;
  }
  return tally;
}

export function tallyPlaywright(report: PlaywrightReport): Tally {
  const tally: Tally = { passed: 0, failed: report.errors.length, skipped: [] };
  const walk = (suite: PlaywrightSuite, path: readonly string[]): void => {
    const here = [...path, suite.title];
    for (const { title, tests } of suite.specs)
      for (const { status } of tests) add(tally, status, [...here, title].join(' › '));
    for (const inner of suite.suites ?? []) walk(inner, here);
  };
  for (const suite of report.suites) walk(suite, []);
  return tally;
}

/** A suite that ran but left no report, or failed without a failing test, still counts as a failure. */
export function settle(tally: Tally | undefined, isOk: boolean, mayBeEmpty: boolean): Tally {
  const result = tally ?? { passed: 0, failed: 0, skipped: [] };
  const isEmpty = result.passed + result.failed + result.skipped.length === 0;
  const isFault = isOk ? isEmpty && !mayBeEmpty : result.failed === 0;
  return isFault ? { ...result, failed: result.failed + 1 } : result;
}

function add(tally: Tally, status: string, name: string): void {
  if (status === 'passed' || status === 'expected') tally.passed++;
  else if (['skipped', 'pending', 'todo', 'disabled'].includes(status)) tally.skipped.push(name);
  // Playwright's `flaky` is among them: passing the second time is no pass.
  else tally.failed++;
}

const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
