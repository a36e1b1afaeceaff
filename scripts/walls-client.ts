/** The rooms of the client that never meet; client.ts introduces them to each other. */
const ROOMS = ['dom', 'session', 'directives', 'events', 'transport'];

/** Each file in them is a part of its own, with a folder of the same name for what it keeps to itself. */
const PLUG_INS = ['features', 'addons'];

/** At the root of `src`, for everybody. */
const SHARED = ['config.ts', 'emitter.ts', 'tap.ts', 'context.ts'];

/** Room → the rooms it may import from. `root` is client.ts and its neighbours, `index` the public names. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: ['lib'],
  ...Object.fromEntries([...ROOMS, ...PLUG_INS].map((room) => [room, ['lib']])),
  shared: ['lib'],
  root: ['lib', 'root', ...ROOMS],
  // An entry chooses what a bundle is made of.
  entries: ['lib', 'root', 'entries', ...ROOMS, ...PLUG_INS],
  index: ['lib', 'root', 'entries', ...ROOMS, ...PLUG_INS],
};

/** Why a file of the client must not import another one; both relative to its `src`. */
export function clientFault(from: string, to: string, isTypeOnly: boolean): string | undefined {
  if (to === 'context.ts' && !isTypeOnly) return 'context.ts holds types; use `import type`';
  if (SHARED.includes(to)) return undefined;
  const [source, target] = [roomOf(from), roomOf(to)];
  // The context describes what every room offers.
  if (from === 'context.ts' && isTypeOnly && [...ROOMS, 'lib'].includes(target)) return undefined;
  if (PLUG_INS.includes(source) && source === target)
    return plugInOf(from) === plugInOf(to) ? undefined : 'features and addons do not know each other';
  const allowed = MAY_IMPORT[source];
  if (!allowed) return `${source}/ is no room of the client; scripts/walls-client.ts lists them`;
  if (allowed.includes(target) || (ROOMS.includes(source) && source === target)) return undefined;
  if (ROOMS.includes(source) && ROOMS.includes(target))
    return `${source} and ${target} never import each other; client.ts introduces them`;
  return `${source} may import from ${allowed.join(', ')}`;
}

function roomOf(path: string): string {
  if (path.includes('/')) return path.slice(0, path.indexOf('/'));
  if (path === 'index.ts') return 'index';
  return SHARED.includes(path) ? 'shared' : 'root';
}

/** `features/model.ts` and `features/model/select.ts` belong to `model`. */
const plugInOf = (path: string): string | undefined => path.split('/')[1]?.replace(/\.ts$/, '');
