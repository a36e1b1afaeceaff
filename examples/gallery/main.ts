import { realpathSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type DjustServer, healthEndpoint, type Listening, listen, memoryStore } from '@djust/server';
import { createGallery } from './gallery.ts';
import { sharedFrom } from './shared.ts';

const DEFAULT_PORT = 8000;

/** Serves the gallery on PORT until it is told to stop. Several processes with the same REDIS_URL are one site. */
export async function main(): Promise<void> {
  const port = Number(process.env.PORT || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return stop(`PORT is "${process.env.PORT}". Give a number from 0 to 65535, or leave it out for ${DEFAULT_PORT}.`);
  }
  const { store = memoryStore(), ...rest } = await sharedFrom(process.env);
  const { server, fallback } = createGallery({ ...rest, store });
  const abort = new AbortController();
  const health = healthEndpoint({ store, isDraining: () => abort.signal.aborted });
  let listening: Listening;
  try {
    listening = await listen(server, {
      port,
      fallback: async (request) => (await health(request)) ?? fallback(request),
    });
  } catch (error) {
    return stop(whyNot(error as NodeJS.ErrnoException, port));
  }
  console.log(`The gallery is at ${listening.origin}`);
  if (process.env.NODE_ENV !== 'production') void watchViews(server, abort.signal);
  const end = async (how: 'close' | 'drain'): Promise<void> => {
    abort.abort();
    await listening[how]();
    // Connections to Redis would keep the process.
    process.exit();
  };
  // Once: a second Ctrl-C ends the process whatever still hangs.
  process.once('SIGINT', () => void end('close'));
  // A deploy. Without a store that others see nobody can take the visitors over, and waiting helps nobody.
  process.once('SIGTERM', () => void end(store.isShared ? 'drain' : 'close'));
}

/** In development a page shows its new template as soon as that is saved, and keeps its state. */
async function watchViews(server: DjustServer, signal: AbortSignal): Promise<void> {
  const { hotReload } = await import('./hot-reload.ts');
  const folder = fileURLToPath(new URL('views/', import.meta.url));
  const files = (await readdir(folder)).filter(
    (name) => !/test|-(rows|row|list|index|controls|fields)\.ts$/.test(name),
  );
  await hotReload({ server, folder, files, signal, say: (line) => console.log(line) });
}

function whyNot({ code, message }: NodeJS.ErrnoException, port: number): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop the program that uses it, or choose another port: PORT=${port + 1} npm start`;
  }
  if (code === 'EACCES')
    return `Port ${port} needs special rights. Choose one above 1023: PORT=${DEFAULT_PORT} npm start`;
  return `The server could not be started: ${message}`;
}

function stop(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}

const started = process.argv[1];
if (started && realpathSync(started) === realpathSync(fileURLToPath(import.meta.url))) await main();
