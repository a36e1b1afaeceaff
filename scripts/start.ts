import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from './builder.ts';
import { command, Refusal } from './command.ts';
import { fromRoot } from './root.ts';
import { START_UNITS } from './start-units.ts';

const GALLERY = fromRoot('examples/gallery/main.ts');

/** `npm start`: builds the scripts of the pages if their sources changed, then serves the examples. Arguments are for the gallery. */
await command(import.meta.url, async () => {
  await build({ only: START_UNITS });
  if (!existsSync(GALLERY))
    throw new Refusal('There is nothing to start yet: examples/gallery/main.ts does not exist.');
  const gallery: { main(): Promise<void> } = await import(pathToFileURL(GALLERY).href);
  await gallery.main();
});
