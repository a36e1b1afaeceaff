import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { redisStore } from '@djust/server';
import type { Random } from '../random.ts';
import { bundleSite } from '../site-process.ts';
import type { Stores } from './lanes.ts';

/** What was answered and is gone after SIGKILL. */
export interface CrashRow {
  readonly store: 'redis' | 'hybrid';
  readonly kills: number;
  readonly answered: number;
  readonly lost: number;
  /** The oldest answer that was lost, of all kills: so long before the end it was given. */
  readonly longestMs: number;
}

export async function measureCrashes(stores: Stores, kills: number, random: Random): Promise<CrashRow[]> {
  const bundle = await bundleSite('bench/src/stores/victim.ts');
  const client = await stores.redis.client();
  const reader = redisStore({ client: { sendCommand: (args) => client.sendCommand([...args]) } });
  try {
    const rows: CrashRow[] = [];
    for (const store of ['redis', 'hybrid'] as const) {
      let [answered, lost, longestMs] = [0, 0, 0];
      for (let kill = 0; kill < kills; kill++) {
        const session = `${store}-${kill}`;
        const env = { ...process.env, REDIS_URL: stores.redis.url, STORE: store, SESSION: session };
        const answers = await runAndKill(bundle.path, env, 600 + random.int(600));
        const kept = (await reader.load(session))?.version ?? 0;
        const gone = answers.filter(({ version }) => version > kept);
        answered += answers.length;
        lost += gone.length;
        const [first, last] = [gone[0], answers.at(-1)];
        if (first && last) longestMs = Math.max(longestMs, last.atMs - first.atMs);
      }
      rows.push({ store, kills, answered, lost, longestMs });
    }
    return rows;
  } finally {
    await client.close();
    await bundle.remove();
  }
}

interface Answer {
  readonly version: number;
  readonly atMs: number;
}

async function runAndKill(path: string, env: NodeJS.ProcessEnv, afterMs: number): Promise<Answer[]> {
  const child = spawn(process.execPath, [path], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (part) => {
    text += String(part);
  });
  await once(child.stdout, 'data');
  await new Promise((done) => setTimeout(done, afterMs));
  const over = once(child, 'close');
  child.kill('SIGKILL');
  await over;
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => {
    const [version = 0, atMs = 0] = line.split(' ').map(Number);
    return { version, atMs };
  });
}
