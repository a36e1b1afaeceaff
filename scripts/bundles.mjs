/**
 * The bundles for script tags. Each is built twice: `<name>.js` to develop with, `<name>.min.js` for production.
 * `addOn` names the feature that the entry exports; its script gives it to the client of the page.
 * `limitGzip` is what the minified one may weigh after gzip -9, in bytes; `npm run size` keeps it.
 *
 * @typedef {{ folder: string, entry: string, name: string, limitGzip: number, addOn?: string }} Bundle
 * @type {readonly Bundle[]}
 */
export const BUNDLES = [
  { folder: 'packages/client', entry: 'src/entries/core.ts', name: 'djust.core', limitGzip: 10 * 1024 },
  { folder: 'packages/client', entry: 'src/entries/full.ts', name: 'djust', limitGzip: 18 * 1024 },
  // Nothing is loaded later: for pages that want one request, and the measure of everything (requirement R5.2).
  { folder: 'packages/client', entry: 'src/entries/all.ts', name: 'djust.all', limitGzip: 25 * 1024 },
  {
    folder: 'packages/client',
    entry: 'src/addons/reorder.ts',
    name: 'djust.reorder',
    limitGzip: 1.2 * 1024,
    addOn: 'reorder',
  },
  {
    folder: 'packages/client',
    entry: 'src/addons/virtual.ts',
    name: 'djust.virtual',
    limitGzip: 1.2 * 1024,
    addOn: 'virtual',
  },
  {
    folder: 'packages/client',
    entry: 'src/addons/page.ts',
    name: 'djust.page',
    limitGzip: 1.2 * 1024,
    addOn: 'page',
  },
  {
    folder: 'packages/client',
    entry: 'src/addons/navigation.ts',
    name: 'djust.navigation',
    limitGzip: 1.2 * 1024,
    addOn: 'navigation',
  },
  {
    folder: 'packages/client',
    entry: 'src/addons/hooks.ts',
    name: 'djust.hooks',
    limitGzip: 1.2 * 1024,
    addOn: 'hooks',
  },
  {
    folder: 'packages/client',
    entry: 'src/addons/commands.ts',
    name: 'djust.commands',
    limitGzip: 1.2 * 1024,
    addOn: 'commands',
  },
  {
    folder: 'packages/client',
    entry: 'src/addons/streams.ts',
    name: 'djust.streams',
    limitGzip: 1.2 * 1024,
    addOn: 'streams',
  },
  {
    folder: 'packages/client',
    entry: 'src/addons/uploads.ts',
    name: 'djust.uploads',
    limitGzip: 1.2 * 1024,
    addOn: 'uploads',
  },
  {
    folder: 'packages/client',
    entry: 'src/addons/recovery.ts',
    name: 'djust.recovery',
    limitGzip: 1.2 * 1024,
    addOn: 'recovery',
  },
  {
    folder: 'packages/client',
    entry: 'src/addons/outbox.ts',
    name: 'djust.outbox',
    limitGzip: 1.2 * 1024,
    addOn: 'outbox',
  },
  {
    folder: 'packages/client',
    entry: 'src/addons/adopt.ts',
    name: 'djust.adopt',
    limitGzip: 1.2 * 1024,
    addOn: 'adopt',
  },
  {
    folder: 'packages/client',
    entry: 'src/addons/waiting.ts',
    name: 'djust.waiting',
    limitGzip: 1.2 * 1024,
    addOn: 'waiting',
  },
  {
    folder: 'packages/client',
    entry: 'src/addons/optimistic.ts',
    name: 'djust.optimistic',
    limitGzip: 1.2 * 1024,
    addOn: 'optimistic',
  },
  { folder: 'packages/sw', entry: 'src/entries/script.ts', name: 'djust-sw', limitGzip: 4.5 * 1024 },
  { folder: 'packages/sw', entry: 'src/entries/sync-script.ts', name: 'djust-sync', limitGzip: 4 * 1024 },
  { folder: 'packages/turbonav', entry: 'src/entries/turbonav.ts', name: 'turbonav', limitGzip: 6 * 1024 },
];

/** Names of what lives inside one bundle and is no DOM name, no frame's, and no part of what add-ons and pages use. */
const INNER_NAMES = [
  'fault',
  'isUrgent',
  'kind',
  'known',
  'rebuild',
  'applyPatches',
  'mergeHtml',
  'wasDisabled',
  'isLazy',
  'isNew',
  'isReloading',
  'parents',
  'report',
  'clientId',
  'selection',
  'expression',
  'afterMs',
  'acks',
  'isGuess',
  'isOurs',
  'rebase',
  'restart',
  'settle',
  'seen',
  'atFocus',
  'away',
  'byId',
  'byPath',
  'edits',
  'endOf',
  'forEvent',
  'found',
  'fresh',
  'heard',
  'homes',
  'initialState',
  'isQuiet',
  'isSent',
  'isWaiting',
  'lastRef',
  'mountFrame',
  'nodePatches',
  'offered',
  'onMet',
  'pending',
  'asked',
  'phaseChanged',
  'placements',
  'queueChanged',
  'removals',
  'resend',
  'resyncs',
  'schedule',
  'settleUpTo',
  'submitted',
  'takeBack',
  'takeUnsent',
  'triggered',
  'tries',
  'tryLater',
  'unseen',
  'virtualPatches',
  'withheld',
];

/**
 * Names that minified bundles shorten: private ones and those above. Two underscores are left alone; such names belong to
 * the language (`__proto__`) or to a marker on `globalThis`.
 */
export const PRIVATE_NAMES = new RegExp(`^_[^_]|^(?:${INNER_NAMES.join('|')})$`);

/**
 * Names with an underscore that travel in frames or stand on the page, and so must survive unquoted.
 * @see wire spec 3.3, 6 and 11.3; a test compares the list with the protocol package
 */
export const WIRE_NAMES = [
  '_args',
  '_target',
  '_activity',
  '_debug',
  '_eventName',
  '_form_values',
  '_data_attrs',
  '_flash',
  '_page_metadata',
  '_cacheRequestId',
  '_routeMap',
  '_targetElement',
  '_optimisticUpdateId',
  '_skipLoading',
  '_djTargetSelector',
];
