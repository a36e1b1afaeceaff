import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ServerResult } from '../report/report.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

/** Measures the server's part in a process of its own. */
export async function spawnServerPart(ids: readonly string[], seed: number): Promise<ServerResult[]> {
  const args = ['--conditions=source', '--expose-gc', '--import', 'tsx', MAIN, String(seed), ids.join(',')];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as ServerResult[];
}
