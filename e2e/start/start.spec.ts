import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Started {
  child: ChildProcess;
  /** Everything it has said so far. */
  said(): string;
  ended: Promise<number | null>;
}

const children: ChildProcess[] = [];

// A program that does not end as it should must not outlive its test.
test.afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** The program behind `npm start`. */
function start(env: Record<string, string>): Started {
  // Playwright sets FORCE_COLOR; beside a NO_COLOR of the caller, Node.js would warn about it in every child.
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/gallery/main.ts'], {
    cwd: ROOT,
    env: { ...inherited, ...env },
  });
  children.push(child);
  let text = '';
  child.stdout.on('data', (data) => (text += data));
  child.stderr.on('data', (data) => (text += data));
  return { child, said: () => text, ended: once(child, 'exit').then(([code]) => code) };
}

test('a port that is in use: a sentence that says what to do, and code 1', async () => {
  const other = createServer().listen(0, 'localhost');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { ended, said } = start({ PORT: String(port) });
  expect(await ended).toBe(1);
  expect(said().trim()).toBe(
    `Port ${port} is in use. Stop the program that uses it, or choose another port: PORT=${port + 1} npm start`,
  );
  other.close();
});

test('a port that is no number: a sentence, and code 1', async () => {
  const { ended, said } = start({ PORT: 'eighty' });
  expect(await ended).toBe(1);
  expect(said().trim()).toBe('PORT is "eighty". Give a number from 0 to 65535, or leave it out for 8000.');
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends it cleanly, also while somebody looks`, async ({ page }) => {
    const { child, ended, said } = start({ PORT: '0', NODE_ENV: 'production' });
    await expect.poll(said, { timeout: 20_000 }).toMatch(/^The gallery is at http:\/\/localhost:\d+\n$/);
    const [origin = ''] = /http:\S+/.exec(said()) ?? [];
    await page.goto(`${origin}/clock`);
    await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
    child.kill(signal);
    expect(await ended).toBe(0);
    expect(said()).not.toContain('rror');
  });
}
