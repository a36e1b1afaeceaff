import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { ensurePython } from './python.ts';

const folder = mkdtempSync(join(tmpdir(), 'djust-python-'));

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const ensure = (): ReturnType<typeof ensurePython> =>
  ensurePython(() => undefined, new AbortController().signal, join(folder, 'venv'));

test('without Python there is a sentence and no error', async () => {
  vi.stubEnv('PATH', folder);
  vi.stubEnv('PYTHON_PATH', '');
  expect(await ensure()).toEqual({ ok: false, reason: 'Python 3.10 or newer is not on this machine' });
});

test('an index that cannot be reached is a sentence and no error', { timeout: 120_000 }, async () => {
  // Nobody listens on the discard port.
  vi.stubEnv('PIP_INDEX_URL', 'http://127.0.0.1:9/simple/');
  vi.stubEnv('PIP_EXTRA_INDEX_URL', '');
  vi.stubEnv('PIP_RETRIES', '0');
  const setup = await ensure();
  expect(setup).toMatchObject({ ok: false });
  // A machine without Python says that.
  expect(setup.ok ? '' : setup.reason).toMatch(
    /^PyPI cannot be reached: .+|^Python 3\.10 or newer is not on this machine$/,
  );
});
