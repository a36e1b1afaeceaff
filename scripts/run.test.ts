import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { run } from './run.ts';

const node = (code: string, options: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
  run(process.execPath, ['-e', code], { timeoutMs: 60_000, signal: new AbortController().signal, ...options });

test('keeps what a program prints, and how it ended', async () => {
  expect(await node("console.log('out'); console.error('err')")).toMatchObject({ isOk: true });
  const failed = await node("console.error('why'); process.exit(3)");
  expect(failed).toMatchObject({ isOk: false, output: 'why\n' });
});

test('a program that does not exist is a failure like any other', async () => {
  const result = await run('no-such-program', [], { timeoutMs: 1000, signal: new AbortController().signal });
  expect(result).toMatchObject({ isOk: false, output: expect.stringContaining('no-such-program') });
});

test('ends what takes too long, and says so', async () => {
  const result = await node('setTimeout(() => {}, 60_000)', { timeoutMs: 300 });
  expect(result).toMatchObject({ isOk: false, output: expect.stringContaining('Not finished') });
  expect(result.tookMs).toBeLessThan(5000);
});

test('lets the program clean up when it is interrupted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'djust-run-'));
  const isReady = join(folder, 'ready');
  const stop = new AbortController();
  const code = `process.on('SIGINT', () => { console.log('clean'); process.exit(0); });
    setInterval(() => {}, 1000); require('node:fs').writeFileSync(${JSON.stringify(isReady)}, '')`;
  const ended = node(code, { signal: stop.signal });
  await vi.waitFor(() => access(isReady), { timeout: 20_000 });
  stop.abort();
  expect((await ended).output).toBe('clean\n');
  await rm(folder, { recursive: true });
});
