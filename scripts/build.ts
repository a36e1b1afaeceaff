import { parseArgs } from 'node:util';
import { build } from './builder.ts';
import { command } from './command.ts';

/** `npm run build -- [--force] [--only client,lib:protocol]` */
await command(import.meta.url, async () => {
  const { values } = parseArgs({ options: { force: { type: 'boolean' }, only: { type: 'string' } } });
  await build({ force: values.force ?? false, only: values.only?.split(',') });
  console.log('The build is up to date.');
});
