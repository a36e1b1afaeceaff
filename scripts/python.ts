import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from './root.ts';
import { run } from './run.ts';

const MIN = [3, 10] as const;
const NAMES = ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const INSTALL_MS = 10 * 60_000;

/** A Python that has what the djust tests need, or the sentence that says why there is none. */
export type PythonSetup = { ok: true; python: string } | { ok: false; reason: string };

export const VENV: string = fromRoot('.cache/djust-venv');
const REQUIREMENTS = fromRoot('e2e/djust/project/requirements.txt');

/** Makes the virtual environment, or takes the one that is there and fits the requirements. */
export async function ensurePython(
  say: (line: string) => void,
  signal: AbortSignal,
  folder: string = VENV,
): Promise<PythonSetup> {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const stamp = join(folder, 'requirements.sha256');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && versionOf(python)) return { ok: true, python };

  const base = [process.env.PYTHON_PATH ?? '', ...NAMES].find((name) => name !== '' && isNewEnough(versionOf(name)));
  if (!base) return { ok: false, reason: `Python ${MIN.join('.')} or newer is not on this machine` };
  say(`Making a virtual environment with ${base} (up to a minute) …`);
  rmSync(folder, { recursive: true, force: true });
  const options = { timeoutMs: INSTALL_MS, signal };
  const made = await run(base, ['-m', 'venv', folder], options);
  if (!made.isOk) return { ok: false, reason: `${base} cannot make a virtual environment: ${lastLine(made.output)}` };
  const installed = await run(python, ['-m', 'pip', 'install', '--quiet', '-r', REQUIREMENTS], options);
  if (!installed.isOk) return { ok: false, reason: `PyPI cannot be reached: ${lastLine(installed.output)}` };
  writeFileSync(stamp, wanted);
  return { ok: true, python };
}

function versionOf(python: string): string | undefined {
  const { status, stdout } = spawnSync(python, ['--version'], { encoding: 'utf8' });
  return status === 0 ? /\d+\.\d+/.exec(stdout)?.[0] : undefined;
}

function isNewEnough(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > MIN[0] || (major === MIN[0] && minor >= MIN[1]);
}

const lastLine = (output: string): string => output.trimEnd().split('\n').at(-1)?.trim() ?? '';
