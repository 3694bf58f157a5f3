import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

/** Pictures of every page, to be looked at: `npm run pictures` leaves them in `build/web-e2e/pictures`. */
export default defineConfig({
  ...tests,
  timeout: 120_000,
  use: { ...tests.use, trace: 'off', screenshot: 'off' },
  projects: [{ name: 'pictures', testDir: './pictures' }],
});
