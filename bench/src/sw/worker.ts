import { generate, type SwConfig } from '@djust/sw';

/** The worker of the probes' site: the shell for all numbered and broken pages, and what a probe adds. */
export async function workerOf(config: SwConfig = {}): Promise<string> {
  const made = await generate({ shell: { layouts: { app: ['/page/*', '/fault/*', '/user/*'] } }, ...config });
  if (!made.ok) throw new Error(made.faults.map(({ code, at, hint }) => `${code} at ${at}: ${hint}`).join('\n'));
  return made.value.code;
}
