import { fileURLToPath } from 'node:url';
import { generate } from '@djust/sw';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Puts the worker of the notes together and sends it to the gallery, whose child this process is: the generator brings a
 * bundler along, and to load that would hold up every page. A site of yours does this in its build.
 */
const [script = ''] = process.argv.slice(2);
const ending = script.endsWith('.min.js') ? '.min.js' : '.js';
const result = await generate({
  precache: [
    { folder: folder('static'), url: '/static/' },
    {
      folder: folder('../../packages/client/dist'),
      url: '/djust/',
      files: [script.slice('/djust/'.length), `djust.page${ending}`],
    },
    { folder: folder('../../packages/turbonav/dist'), url: '/turbonav/', files: [`turbonav${ending}`] },
    { folder: folder('../../packages/sw/dist'), url: '/djust-sw/', files: ['djust-s*.js'] },
  ],
  shell: { layouts: { gallery: ['/notes'] } },
  pages: { notice: '' },
  offline: { page: '/offline' },
  bridge: true,
  exclude: ['/source/*'],
});
process.send?.(
  result.ok
    ? { code: result.value.code }
    : { fault: result.faults.map(({ code, at, hint }) => `${code} at ${at}: ${hint}`).join('\n') },
);
