import { expect, it, vi } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

it('the version is that of package.json, whoever starts the process', async () => {
  vi.stubEnv('npm_package_version', '99.0.0');
  vi.resetModules();
  const { VERSION } = await import('../src/version.ts');
  expect(VERSION).toBe(manifest.version);
  vi.unstubAllEnvs();
});
