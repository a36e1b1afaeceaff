import { playwright } from '@vitest/browser-playwright';
import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGS, findChromium } from './scripts/browsers.ts';

const FOLDERS = ['packages/*/src', 'server-ref/src', 'scripts', 'bench', 'examples'];
const chromium = findChromium();

/** Tests run on the sources of all packages, with the hints of development. Vitest empties the object, so each project gets its own. */
const isDevelopment = (): Record<string, string> => ({ __DEV__: 'true' });

export default defineConfig({
  test: {
    projects: [
      {
        define: isDevelopment(),
        // Node projects resolve as for server-side rendering; `resolve.conditions` alone would not reach them.
        ssr: { resolve: { conditions: ['source', ...defaultServerConditions] } },
        test: {
          name: 'unit',
          // Others may be at work on the machine; nothing here is judged by its time.
          testTimeout: 30_000,
          environment: 'node',
          include: FOLDERS.map((folder) => `${folder}/**/*.test.ts`),
          exclude: ['**/*.browser.test.ts'],
        },
      },
      {
        define: isDevelopment(),
        resolve: { conditions: ['source', ...defaultClientConditions] },
        // Found late, a dependency would make the page reload in the middle of a test.
        optimizeDeps: { include: ['morphdom', 'fast-check', 'parse5'] },
        test: {
          name: 'browser',
          testTimeout: 30_000,
          include: FOLDERS.map((folder) => `${folder}/**/*.browser.test.ts`),
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({
              launchOptions: {
                ...(chromium ? { executablePath: chromium } : {}),
                args: [...CHROMIUM_ARGS],
              },
            }),
          },
        },
      },
    ],
  },
});
