import { defineConfig } from '@playwright/test';
import { browser } from './support/browser.ts';
import { OUTPUT } from './support/output.ts';

export default defineConfig({
  globalSetup: './support/system.ts',
  outputDir: `${OUTPUT}/results`,
  reporter: process.env.CI ? [['dot']] : [['list']],
  // One system, and one machine that runs it: side by side, tests would only wait for each other.
  workers: 1,
  // A test that passes the second time tells of a fault in the shop or in the test.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    launchOptions: await browser(),
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme: 'light',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'journeys', testDir: './journeys' },
    { name: 'accessibility', testDir: './accessibility' },
    { name: 'timings', testDir: './timings' },
  ],
});
