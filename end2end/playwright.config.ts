import { defineConfig, type PlaywrightTestOptions } from '@playwright/test';
import { binary, browser, root } from './support/programs.ts';

/** The address of the demo in the browser tests. */
const address = process.env.GANTRY_ADDRESS ?? '127.0.0.1:4180';

const desktop: Partial<PlaywrightTestOptions> = { viewport: { width: 1280, height: 800 } };
const phone: Partial<PlaywrightTestOptions> = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

export default defineConfig({
  testDir: 'tests',
  outputDir: '../target/end2end',
  fullyParallel: true,
  // The server has the debug profile, and the machine may be small and busy.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  // A test that only passes on the second try has a race. Fix the race.
  retries: 0,
  workers: 2,
  reporter: process.env.CI ? 'dot' : 'list',
  use: {
    baseURL: `http://${address}`,
    launchOptions: browser,
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
  },
  // Every test runs in all four projects, unless it says that it needs one of them.
  projects: [
    { name: 'desktop', use: desktop },
    { name: 'desktop-noscript', use: { ...desktop, javaScriptEnabled: false } },
    { name: 'phone', use: phone },
    { name: 'phone-noscript', use: { ...phone, javaScriptEnabled: false } },
  ],
  webServer: {
    cwd: root,
    command: `"${binary('debug')}" demo --listen ${address}`,
    url: `http://${address}/readyz`,
    timeout: 120_000,
    reuseExistingServer: !process.env.CI,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
