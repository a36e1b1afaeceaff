import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { createRandom } from '../random.ts';
import { quantile } from '../stats.ts';
import type { Stores } from './lanes.ts';
import { recordOf, stateOf } from './states.ts';

/** What writing and reading a record is made of, in microseconds (p50). */
export interface PartsRow {
  readonly stateBytes: number;
  readonly stringifyUs: number;
  readonly parseUs: number;
  readonly packUs: number;
  readonly unpackUs: number;
  /** Packed size as a share of the plain one. */
  readonly packedShare: number;
  /** Into Redis and back out, plain and packed, all of the above included. */
  readonly plainRoundTripUs: number;
  readonly packedRoundTripUs: number;
}

interface Plan {
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly seed: number;
}

export async function measureParts(stores: Stores, { sizes, rounds, seed }: Plan): Promise<PartsRow[]> {
  const client = await stores.redis.client();
  const rows: PartsRow[] = [];
  for (const stateBytes of sizes) {
    const record = recordOf(stateOf(stateBytes, createRandom(seed)));
    const text = JSON.stringify(record);
    const packed = deflateRawSync(text, { level: 1 });
    const write = (value: string): Promise<unknown> => client.sendCommand(['HSET', 'parts', 'r', value]);
    const read = async (): Promise<string> => String(await client.sendCommand(['HGET', 'parts', 'r']));
    const timed = async (act: () => unknown): Promise<number> => {
      const times: number[] = [];
      for (let round = -10; round < rounds; round++) {
        const from = performance.now();
        await act();
        if (round >= 0) times.push((performance.now() - from) * 1_000);
      }
      return quantile(times, 0.5);
    };
    rows.push({
      stateBytes,
      stringifyUs: await timed(() => JSON.stringify(record)),
      parseUs: await timed(() => JSON.parse(text)),
      packUs: await timed(() => deflateRawSync(text, { level: 1 })),
      unpackUs: await timed(() => inflateRawSync(packed)),
      packedShare: packed.length / text.length,
      plainRoundTripUs: await timed(async () => {
        await write(JSON.stringify(record));
        JSON.parse(await read());
      }),
      packedRoundTripUs: await timed(async () => {
        await write(deflateRawSync(JSON.stringify(record), { level: 1 }).toString('base64'));
        JSON.parse(inflateRawSync(Buffer.from(await read(), 'base64')).toString());
      }),
    });
  }
  await client.close();
  return rows;
}
