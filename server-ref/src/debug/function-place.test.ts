import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Place } from './function-place.ts';

const SOURCE = pathToFileURL(fileURLToPath(new URL('function-place.ts', import.meta.url))).href;

/** Types and blank lines, so that the compiled code has its functions elsewhere. */
const VIEWS = `interface Step {
  readonly by: number;
}

type State = { count: number };

export const events = {
  reset: () => ({ count: 0 }),
  add: (state: State, { by }: Step): State => ({ count: state.count + by }),
  async slow(state: State): Promise<State> {
    return state;
  },
};
`;

let folder = '';
let places: Record<string, Place | undefined> = {};

/** In a process of its own, run as the gallery is: the test's own compiler is another. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'place-'));
  await writeFile(join(folder, 'views.ts'), VIEWS);
  await writeFile(
    join(folder, 'main.ts'),
    `import { placeOfFunction } from '${SOURCE}';
    import { events } from './views.ts';
    const found: Record<string, unknown> = {};
    for (const [name, written] of Object.entries({ ...events, native: Array.isArray }))
      found[name] = await placeOfFunction(written as never);
    console.log(JSON.stringify({ ...found, left: Symbol.for('djust.asked') in globalThis }));`,
  );
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', join(folder, 'main.ts')], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
  });
  places = JSON.parse(stdout);
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe('placeOfFunction', () => {
  const lines = VIEWS.split('\n');
  it.each([
    ['reset', '() => ({ count: 0 })'],
    ['add', '(state: State, { by }'],
    ['slow', '(state: State): Promise'],
  ])('finds %s where it was written', (name, text) => {
    const { file, line, column } = places[name] as Place;
    expect(file).toContain('views.ts');
    const written = lines[line - 1] ?? '';
    expect(written).toContain(text);
    expect(written.slice(column - 1)).toMatch(/^(\(|async|slow)/);
  });

  it('has no place for what is no code of a file, and leaves nothing behind', () => {
    expect(places.native).toBeUndefined();
    expect(places.left).toBe(false);
  });
});
