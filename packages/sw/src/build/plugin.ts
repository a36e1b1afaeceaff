import { relative, resolve } from 'node:path';
import type { SwConfig } from './config.ts';
import { generate } from './generate.ts';

/** What Vite and Rollup need to know of a plugin; written down here, so that neither has to be installed. */
export interface SwPlugin {
  readonly name: string;
  readonly apply: 'build';
  configResolved(config: { build: { outDir: string }; base: string }): void;
  writeBundle: { order: 'post'; sequential: true; handler(options: { dir?: string | undefined }): Promise<void> };
}

export interface SwPluginOptions extends Omit<SwConfig, 'precache'> {
  /** Files of the build besides scripts and styles that are kept; all but source maps and pages by default. */
  readonly files?: readonly string[];
  /** Name of the worker in the output folder. */
  readonly fileName?: string;
  /** Writes the worker; the file system by default. */
  readonly write?: (path: string, code: string) => Promise<void>;
}

/** Writes the worker behind the other files of a build, with all of them in its list. */
export function serviceWorker(options: SwPluginOptions = {}): SwPlugin {
  const { files, fileName = 'sw.js', write = writeToDisk, ...config } = options;
  let [folder, url] = ['dist', '/'];
  return {
    name: 'djust-sw',
    apply: 'build',
    configResolved({ build, base }) {
      [folder, url] = [build.outDir, base.startsWith('/') ? base : '/'];
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir }) {
        const target = resolve(dir ?? folder);
        const found = files ?? ['**/*.{js,css,svg,png,jpg,webp,woff2,webmanifest}'];
        const source = { folder: relative('', target) || '.', url, files: [...found, `!${fileName}`] };
        const made = await generate({ ...config, precache: [source] });
        if (!made.ok) throw new Error(made.faults.map(({ code, at, hint }) => `${code} at ${at}: ${hint}`).join('\n'));
        await write(resolve(target, fileName), made.value.code);
      },
    },
  };
}

async function writeToDisk(path: string, code: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  await writeFile(path, code);
}
