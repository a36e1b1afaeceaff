import { describe, expect, test } from 'vitest';
import { settle, tallyPlaywright, tallyVitest } from './test-report.ts';
import { STEPS, selectSteps } from './test-steps.ts';

describe('Vitest', () => {
  const file = (status: string, ...tests: string[]) => ({
    name: '/somewhere/a.test.ts',
    status,
    assertionResults: tests.map((status, index) => ({ fullName: `test ${index}`, status })),
  });

  test('counts each test and names what was skipped', () => {
    const report = { testResults: [file('failed', 'passed', 'failed', 'skipped', 'todo'), file('passed', 'passed')] };
    expect(tallyVitest(report)).toEqual({
      passed: 2,
      failed: 1,
      skipped: ['a.test.ts: test 2', 'a.test.ts: test 3'],
    });
  });

  test('a file that cannot be loaded is a failure', () => {
    expect(tallyVitest({ testResults: [file('failed')] })).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('Playwright', () => {
  const suite = (...statuses: string[]) => ({
    title: 'a.spec.ts',
    specs: [],
    suites: [{ title: 'group', specs: statuses.map((status) => ({ title: 'does it', tests: [{ status }] })) }],
  });

  test('counts tests in nested suites; a flaky one failed', () => {
    const report = { suites: [suite('expected', 'unexpected', 'flaky', 'skipped')], errors: [] };
    expect(tallyPlaywright(report)).toEqual({ passed: 1, failed: 2, skipped: ['a.spec.ts › group › does it'] });
  });

  test('an error outside of tests is a failure', () => {
    expect(tallyPlaywright({ suites: [], errors: [{}] })).toMatchObject({ failed: 1 });
  });
});

describe('a suite', () => {
  const none = { passed: 0, failed: 0, skipped: [] };

  test('without tests fails unless that is allowed', () => {
    expect(settle(none, true, false).failed).toBe(1);
    expect(settle(none, true, true).failed).toBe(0);
  });

  test('that died counts as a failure, with a report, without one, and when empty suites are allowed', () => {
    expect(settle(undefined, false, true).failed).toBe(1);
    expect(settle({ ...none, passed: 3 }, false, false)).toMatchObject({ passed: 3, failed: 1 });
  });

  test('with failing tests counts these alone', () => {
    expect(settle({ ...none, failed: 2 }, false, false).failed).toBe(2);
  });
});

test('steps are chosen by name or by their first word, in their own order', () => {
  expect(selectSteps(['e2e', 'lint'])?.map(({ name }) => name)).toEqual([
    'lint',
    'e2e-chromium',
    'e2e-firefox',
    'e2e-djust',
  ]);
  expect(selectSteps(['unit', 'nope'])).toBeUndefined();
  expect(selectSteps(STEPS.map(({ name }) => name))).toEqual(STEPS);
});
