import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const BARS = { lines: 80, branches: 80 };
/** Each application and each package by itself: no one's tests make up for another's. */
const parts = ['apps', 'packages']
  .flatMap((kind) => readdirSync(here(kind)).map((name) => `${kind}/${name}`))
  .filter((part) => part !== 'packages/testing');

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { 'virtual:shell': here('./packages/testing/src/shell.ts') } },
  test: {
    environment: 'jsdom',
    setupFiles: [here('./packages/testing/src/setup.ts')],
    include: ['apps/*/src/**/*.test.{ts,tsx}', 'packages/*/src/**/*.test.{ts,tsx}'],
    // Pages with everything in them, on a machine that does other things as well.
    testTimeout: 30_000,
    maxWorkers: 2,
    restoreMocks: true,
    unstubGlobals: true,
    coverage: {
      include: ['apps/*/src/**/*.{ts,tsx}', 'packages/*/src/**/*.{ts,tsx}'],
      // Types only; and what starts an application, which the end-to-end tests run.
      exclude: [
        '**/*.d.ts',
        '**/*.test.*',
        'packages/testing/**',
        '**/testing/**',
        '**/main.tsx',
        '**/entry-client.tsx',
      ],
      reporter: ['text-summary', 'json-summary'],
      thresholds: Object.fromEntries(parts.map((part) => [`${part}/src/**`, BARS])),
    },
  },
});
