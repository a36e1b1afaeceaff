import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, expect, test } from '@playwright/test';
import { DjangoProcess, type WhichClient } from '../support/django-process.ts';
import { Wiretap } from '../support/wiretap.ts';
import { CASES, type Case } from './cases.ts';
import { bytesOf, patchTimes } from './measure.ts';

/** What the run found out about one client. */
interface Findings {
  min: number;
  gzip: number;
  patchMs: Record<string, number>;
  passed: string[];
}

const REPORT = fileURLToPath(new URL('../../../reports/djust-compare.json', import.meta.url));

test('both clients in front of the same server: size, time, and what a user sees', async ({ browser }) => {
  test.setTimeout(12 * 60_000);
  const findings = {} as Record<WhichClient, Findings>;
  let version = '';
  for (const client of ['stock', 'ours'] as const) {
    const django = await new DjangoProcess(client).start();
    version = django.version;
    try {
      findings[client] = await examine(browser, django.origin);
    } finally {
      await django.end();
    }
  }
  const cases = CASES.map(({ name, trap }) => ({ name, trap }));
  mkdirSync(fileURLToPath(new URL('../../../reports', import.meta.url)), { recursive: true });
  writeFileSync(REPORT, JSON.stringify({ djust: version, cases, ...findings }, null, 2));
  expect(findings.ours.passed).toEqual(CASES.map(({ name }) => name));
  expect(findings.ours.gzip).toBeLessThan(findings.stock.gzip / 2);
});

async function examine(browser: Browser, baseURL: string): Promise<Findings> {
  const inPage = async <T>(use: (page: Awaited<ReturnType<Browser['newPage']>>) => Promise<T>): Promise<T> => {
    const context = await browser.newContext({ baseURL });
    try {
      return await use(await context.newPage());
    } finally {
      await context.close();
    }
  };
  const bytes = await inPage(bytesOf);
  const patchMs = await inPage(patchTimes);
  const passed: string[] = [];
  for (const one of CASES) if (await inPage((page) => holds(page, one))) passed.push(one.name);
  return { ...bytes, patchMs, passed };
}

async function holds(page: Awaited<ReturnType<Browser['newPage']>>, { run, name }: Case): Promise<boolean> {
  const wire = await Wiretap.on(page);
  try {
    await run(page, wire);
    return true;
  } catch (error) {
    console.log(`    ${name}: ${String(error).split('\n')[0]}`);
    return false;
  }
}
