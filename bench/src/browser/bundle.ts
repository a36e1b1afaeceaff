import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const LANES = new URL('../page/main.ts', import.meta.url);

/** All lanes in one script, as their authors ship them: production builds, and ours from the sources without hints. */
export async function bundle(entry: URL = LANES): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    // Names stay: in a profile they tell where the time goes.
    minifySyntax: true,
    minifyWhitespace: true,
    conditions: ['source', 'browser', 'production'],
    define: { __DEV__: 'false', 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

export const pageHtml = (): string => readFileSync(new URL('page.html', import.meta.url), 'utf8');
