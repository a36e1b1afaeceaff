import { spawn } from 'node:child_process';
import { ROOT } from './root.ts';

export interface RunOptions {
  env?: Record<string, string>;
  /** Passes the output on while it comes, for what takes long and says why. */
  isLive?: boolean;
  timeoutMs: number;
  /** Ends the program early. */
  signal: AbortSignal;
}

export interface RunResult {
  isOk: boolean;
  /** Standard output and errors, as they came. */
  output: string;
  tookMs: number;
}

/** What a program gets to clean up after it was told to end: browsers, servers. */
const GRACE_MS = 10_000;

/** Runs a program in the repository and keeps what it prints; never rejects. */
export function run(program: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const { env = {}, isLive = false, timeoutMs, signal } = options;
  const startedAt = performance.now();
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, NO_COLOR: '1', ...env },
  });
  let output = '';
  const take = (chunk: string): void => {
    output += chunk;
    if (isLive) process.stdout.write(chunk);
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);

  let killer: NodeJS.Timeout | undefined;
  const end = (): void => {
    child.kill('SIGINT');
    kill();
  };
  const kill = (): void => {
    killer = setTimeout(() => {
      child.kill('SIGKILL');
      // A grandchild may hold the pipes open, and the end of the output is what we wait for.
      child.stdout.destroy();
      child.stderr.destroy();
    }, GRACE_MS);
  };
  const clock = setTimeout(() => {
    take(`\nNot finished after ${timeoutMs / 60_000} minutes.\n`);
    end();
  }, timeoutMs);
  // A terminal has sent Ctrl-C to the child as well; a second one would cut its cleaning short.
  const onAbort = process.stdin.isTTY ? kill : end;
  signal.addEventListener('abort', onAbort, { once: true });

  return new Promise((done) => {
    const finish = (isOk: boolean): void => {
      clearTimeout(clock);
      clearTimeout(killer);
      signal.removeEventListener('abort', onAbort);
      done({ isOk, output, tookMs: performance.now() - startedAt });
    };
    child.on('error', (error) => {
      take(`${error.message}\n`);
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}
