import { defineConfig } from 'vitest/config';

const shared = { globals: false, testTimeout: 30_000, hookTimeout: 120_000 } as const;
/** Calls and pages run in real time: where other work takes the processor in mid-call, a test may try once more, and the report says so. */
const REAL_TIME_RETRIES = 1;

/** Rooms whose tests talk to files, sockets, threads or each other: not what `npm run check` waits for. */
const SERVICES = [
  ...['asterisk', 'bench', 'cli', 'connectors', 'fake-asterisk', 'faults', 'files', 'http', 'kit'].map(all),
  ...['network', 'notify', 'services', 'speech', 'transcripts'].map(all),
  'app-*.test.ts',
];
const OTHERS = ['store', 'phone', 'browser', 'setup'].map(all);

function all(room: string): string {
  return `${room}/**/*.test.ts`;
}

function inTests(places: readonly string[]): string[] {
  return places.map((place) => `test/${place}`);
}

/**
 * unit: pure rooms, and what looks at all of the sources. services: services and adapters against fakes. store: both databases. phone: real SIP calls on a real Asterisk.
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
          exclude: inTests([...SERVICES, ...OTHERS]),
          isolate: false,
        },
      },
      { test: { ...shared, name: 'services', include: inTests(SERVICES), isolate: false } },
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
