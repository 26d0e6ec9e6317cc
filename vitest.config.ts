import { defineConfig } from 'vitest/config';

const shared = { globals: false, testTimeout: 30_000, hookTimeout: 120_000 } as const;
/** Calls and pages run in real time: where other work takes the processor in mid-call, a test may try once more, and the report says so. */
const REAL_TIME_RETRIES = 1;

/**
 * unit: pure rooms, services and adapters against fakes. store: both databases. phone: real SIP calls on a real Asterisk.
 * browser: headless Chromium. `npm test` sets everything up and runs them all.
 */
export default defineConfig({
  test: {
    pool: 'threads',
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/store/**', 'test/phone/**', 'test/browser/**', 'test/setup/**'],
          isolate: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'store',
          include: ['test/store/**/*.test.ts'],
          globalSetup: ['test/kit/postgres-for-all.ts'],
          isolate: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'phone',
          include: ['test/phone/**/*.test.ts'],
          retry: REAL_TIME_RETRIES,
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['test/browser/**/*.test.ts', 'test/setup/**/*.test.ts'],
          retry: REAL_TIME_RETRIES,
          testTimeout: 180_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
