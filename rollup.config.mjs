// What is built from what. `npm run build` (scripts/build.ts) runs it and skips the units whose sources did not change.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import dts from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';
import { minify } from 'terser';
import { BUNDLES, PRIVATE_NAMES, WIRE_NAMES } from './scripts/bundles.mjs';

/**
 * A piece of the build that is skipped or run as a whole.
 * @typedef {object} Unit
 * @property {string} name
 * @property {string} folder  of the package
 * @property {import('rollup').RollupOptions[]} configs
 * @property {string[]} missing  entries that do not exist yet
 */

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const TARGET = 'es2022';

export const PACKAGES = [
  'packages/protocol',
  'packages/outbox',
  'packages/client',
  'packages/turbonav',
  'packages/devtools',
  'packages/sw',
  'server-ref',
];

/** Folders whose files are entries of their own: `@djust/client/features/model`. */
const ENTRY_FOLDERS = ['features', 'addons'];

/** Entries that are modules for bundlers, not scripts: `@djust/client/dom`, `@djust/sw/worker`. */
const MODULE_ENTRIES = ['dom', 'worker', 'page', 'vite', 'cli'];

/** @param {boolean} isDev */
const compile = (isDev) => [
  resolve({ browser: true, exportConditions: ['source', 'browser'], extensions: ['.ts', '.mjs', '.js'] }),
  // Settings come from here alone; the tsconfig files speak to the type checker.
  esbuild({
    target: TARGET,
    tsconfig: false,
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    define: { __DEV__: String(isDev) },
  }),
];

/**
 * Minifies the finished chunk and not its modules, so that a private name becomes the same short one everywhere. terser
 * leaves 4 % less than esbuild does (docs/adr/0005).
 * @returns {import('rollup').Plugin}
 */
const minifyChunk = () => ({
  name: 'minify-chunk',
  async renderChunk(code) {
    const short = await minify(code, {
      ...MINIFY,
      sourceMap: true,
      mangle: { properties: { regex: PRIVATE_NAMES, reserved: [...WIRE_NAMES] } },
    });
    // Once more: with the properties short, other choices of names compress better (0.4 %).
    const { code: minified = '', map } = await minify(short.code ?? '', {
      ...MINIFY,
      sourceMap: { content: /** @type {string} */ (short.map) },
    });
    return { code: minified, map: /** @type {string} */ (map) };
  },
});

/** @type {import('terser').MinifyOptions} */
const MINIFY = {
  ecma: 2020,
  toplevel: true,
  format: { comments: false },
  // What looks longer, statements instead of sequences and functions left alone, compresses better (0.5 %).
  compress: {
    passes: 3,
    inline: 1,
    sequences: false,
    lhs_constants: false,
    unsafe: true,
    unsafe_arrows: true,
    unsafe_methods: true,
    pure_getters: true,
  },
};

const ADD_ON = '\0add-on.js';

/**
 * The two lines that make a script out of a feature.
 * @param {string} folder
 * @param {string} entry
 * @param {string} feature
 * @returns {import('rollup').Plugin}
 */
const addOnEntry = (folder, entry, feature) => ({
  name: 'add-on-entry',
  resolveId: (id) => (id === ADD_ON ? id : null),
  load: (id) =>
    id === ADD_ON
      ? `import { ${feature} } from '${join(folder, entry)}'; import { addOn } from '${join(folder, 'src/entries/add-on.ts')}'; addOn(${feature});`
      : null,
});

/**
 * @param {import('./scripts/bundles.mjs').Bundle} bundle
 * @param {boolean} isDev
 * @returns {import('rollup').RollupOptions}
 */
const scriptTag = ({ folder, entry, name, addOn }, isDev) => ({
  input: addOn ? ADD_ON : join(ROOT, folder, entry),
  plugins: [addOn ? addOnEntry(join(ROOT, folder), entry, addOn) : [], compile(isDev), isDev ? [] : minifyChunk()],
  output: {
    file: join(ROOT, folder, 'dist', `${name}${isDev ? '' : '.min'}.js`),
    format: 'iife',
    // The map of the minified one is there for error reports; to name it in the script costs every visitor 35 bytes.
    sourcemap: isDev || 'hidden',
  },
});

/**
 * The debug panel: one module for the page and a chunk for each tab, loaded when the tab is opened. Development only, and
 * small all the same.
 * @returns {import('rollup').RollupOptions}
 */
const panel = () => ({
  input: { 'djust-devtools': join(ROOT, DEVTOOLS, 'src/entries/script.ts') },
  // What the tabs share stays in the script, which then exports more than its own.
  preserveEntrySignatures: 'allow-extension',
  plugins: [
    compile(true),
    {
      name: 'minify-panel',
      renderChunk: async (code) => ({
        code: (await minify(code, { module: true, ecma: 2020, format: { comments: false } })).code ?? '',
        map: null,
      }),
    },
  ],
  output: {
    dir: join(ROOT, DEVTOOLS, 'dist/script'),
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'tab-[name].js',
    sourcemap: true,
  },
});

const DEVTOOLS = 'packages/devtools';

/** @param {string} folder */
const readManifest = (folder) => JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));

/**
 * Name of the built file → its source.
 * @param {string} folder
 * @returns {Record<string, string>}
 */
function entriesOf(folder) {
  const source = join(ROOT, folder, 'src');
  const files = ['index.ts'];
  for (const name of ENTRY_FOLDERS.filter((name) => existsSync(join(source, name))))
    files.push(...readdirSync(join(source, name)).map((file) => `${name}/${file}`));
  const entries = files.filter((file) => /^[^.]+\.ts$/.test(file) && existsSync(join(source, file)));
  const named = Object.fromEntries(entries.map((file) => [file.slice(0, -'.ts'.length), join(source, file)]));
  for (const name of MODULE_ENTRIES) {
    const file = join(source, 'entries', `${name}.ts`);
    if (existsSync(file)) named[name] = file;
  }
  return named;
}

/**
 * What the package depends on stays an import: the bundler of the app finds it, once.
 * @param {string} folder
 */
function externalsOf(folder) {
  const { dependencies, peerDependencies } = readManifest(folder);
  const names = Object.keys({ ...dependencies, ...peerDependencies });
  return (/** @type {string} */ id) =>
    id.startsWith('node:') || names.some((name) => id === name || id.startsWith(`${name}/`));
}

/**
 * @param {string} folder
 * @param {boolean} isDev
 * @returns {import('rollup').RollupOptions}
 */
const modules = (folder, isDev) => ({
  input: entriesOf(folder),
  external: externalsOf(folder),
  plugins: compile(isDev),
  output: {
    dir: join(ROOT, folder, isDev ? 'dist/dev' : 'dist'),
    format: 'es',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
  },
});

/**
 * One declaration file per entry.
 * @param {string} folder
 * @returns {import('rollup').RollupOptions}
 */
const declarations = (folder) => ({
  input: entriesOf(folder),
  external: externalsOf(folder),
  plugins: [
    dts({
      tsconfig: join(ROOT, folder, 'tsconfig.json'),
      compilerOptions: { composite: false, incremental: false, customConditions: ['source'] },
    }),
  ],
  output: {
    dir: join(ROOT, folder, 'dist'),
    format: 'es',
    entryFileNames: '[name].d.ts',
    chunkFileNames: 'chunks/[name].d.ts',
  },
});

/** @returns {Unit[]} Script-tag bundles are named `client`, the modules of the same package `lib:client`. */
export function units() {
  const shortName = (/** @type {string} */ folder) => folder.replace('packages/', '');
  const exists = (/** @type {string} */ folder, /** @type {string} */ entry) => existsSync(join(ROOT, folder, entry));
  const scripts = [...new Set(BUNDLES.map(({ folder }) => folder))].map((folder) => {
    const all = BUNDLES.filter((bundle) => bundle.folder === folder);
    const present = all.filter(({ entry }) => exists(folder, entry));
    return {
      name: shortName(folder),
      folder,
      configs: present.flatMap((bundle) => [scriptTag(bundle, false), scriptTag(bundle, true)]),
      missing: all.filter((bundle) => !present.includes(bundle)).map(({ entry }) => `${folder}/${entry}`),
    };
  });
  const libraries = PACKAGES.map((folder) => {
    const isThere = exists(folder, 'src/index.ts');
    // A package that offers the `development` condition has two builds: bundlers take the one with the hints meanwhile.
    const hasDev = isThere && JSON.stringify(readManifest(folder).exports).includes('"development"');
    return {
      name: `lib:${shortName(folder)}`,
      folder,
      configs: isThere
        ? [modules(folder, false), ...(hasDev ? [modules(folder, true)] : []), declarations(folder)]
        : [],
      missing: isThere ? [] : [`${folder}/src/index.ts`],
    };
  });
  const devtools = { name: 'devtools', folder: DEVTOOLS, configs: [panel()], missing: [] };
  return [...scripts, devtools, ...libraries];
}

export default units().flatMap(({ configs }) => configs);
