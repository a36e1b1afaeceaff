import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A command ends because of something the reader can mend; the message says what. It is shown without a stack. */
export class Refusal extends Error {}

/** Runs `main` when its module was started as a command, and does nothing when it was imported. */
export async function command(moduleUrl: string, main: () => Promise<void>): Promise<void> {
  const started = process.argv[1];
  if (!started || realpathSync(started) !== realpathSync(fileURLToPath(moduleUrl))) return;
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Refusal || isUsageError(error) ? error.message : error);
    process.exitCode = 1;
  }
}

/** What `parseArgs` throws: "Unknown option '--x'. …" */
const isUsageError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
