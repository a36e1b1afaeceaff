import type { RedisUsage } from './measure.ts';

/** What a Redis says of itself. @param client  connected */
export async function redisUsageOf(client: { info(): Promise<string> }): Promise<RedisUsage> {
  const said = new Map((await client.info()).split('\r\n').map((entry) => entry.split(':') as [string, string]));
  const number = (name: string): number => Number(said.get(name));
  return {
    bytes: number('used_memory'),
    cpuUs: (number('used_cpu_user') + number('used_cpu_sys')) * 1e6,
    commands: number('total_commands_processed'),
  };
}
