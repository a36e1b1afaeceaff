import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium, findFirefox } from './scripts/browsers.ts';

const chromium = findChromium();
const firefox = findFirefox();

const DJUST = '**/djust/**/*.spec.ts';

const inChromium: PlaywrightTestConfig['use'] = {
  browserName: 'chromium',
  launchOptions: {
    ...(chromium ? { executablePath: chromium } : {}),
    args: [...CHROMIUM_ARGS],
  },
};

/** Suites start the servers they need themselves, so each can kill and restart its own. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  workers: 2,
  // A test that passes the second time is a defect somebody will meet.
  retries: 0,
  forbidOnly: true,
  globalTimeout: 35 * 60_000,
  // A machine that others use as well starts a server in ten seconds, not in one. Who waits in vain waits longer, no more.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: 'test-results',
  // The test runner names a file per project by the variable that the reporter knows.
  reporter: [['list'], ['json', { outputFile: 'reports/e2e.json' }]],
  projects: [
    {
      name: 'chromium',
      testIgnore: DJUST,
      use: inChromium,
    },
    // Needs Python; `npm run e2e:djust` prepares it.
    { name: 'djust', testMatch: DJUST, use: inChromium },
    {
      name: 'firefox',
      testIgnore: DJUST,
      // Firefox cannot do all that the suites ask of Chromium (service workers, offline sockets); specs opt in.
      grep: /@firefox/,
      use: {
        browserName: 'firefox',
        // The one way to drive a Firefox that Playwright did not build.
        channel: 'moz-firefox',
        launchOptions: {
          ...(firefox ? { executablePath: firefox } : {}),
          firefoxUserPrefs: {
            'network.captive-portal-service.enabled': false,
            'network.connectivity-service.enabled': false,
          },
        },
      },
    },
  ],
});
