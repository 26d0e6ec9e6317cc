import { afterEach, expect, test } from 'vitest';
import { usePlainEnvironment } from '../../src/config/plain-environment.ts';

const before = process.env;
afterEach(() => {
  process.env = before;
});

test('the environment is the same, and a plain object from then on', () => {
  process.env['SANTRAL_TEST_PLAIN'] = 'kept';
  const variables = { ...process.env };
  usePlainEnvironment();
  expect(process.env).toEqual(variables);
  expect(process.env).not.toBe(before);
  delete process.env['SANTRAL_TEST_PLAIN'];
  expect(before['SANTRAL_TEST_PLAIN']).toBe('kept');
  delete before['SANTRAL_TEST_PLAIN'];
});
