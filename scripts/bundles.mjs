/** Each a feature in a file of its own name. */
const ADD_ONS = [
  'reorder',
  'virtual',
  'page',
  'navigation',
  'hooks',
  'commands',
  'streams',
  'uploads',
  'recovery',
  'drafts',
  'focus',
  'outbox',
  'adopt',
  'waiting',
  'optimistic',
  'embedded',
  'sse',
  'plain',
  'sticky',
  'panels',
  'rows',
  'lazy',
  'requests',
];

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
  ...ADD_ONS.map((name) => ({
    folder: 'packages/client',
    entry: `src/addons/${name}.ts`,
    name: `djust.${name}`,
    limitGzip: 1.2 * 1024,
    addOn: name,
  })),
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
  'isPrefetch',
  'isRedirected',
  'isSecret',
  'nonces',
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
  'letGo',
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
  'socketPath',
  'sweep',
  'settleUpTo',
  'submitted',
  'takeBack',
  'takeUnsent',
  'triggered',
  'transport',
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
