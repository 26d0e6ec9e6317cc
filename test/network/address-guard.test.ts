import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { isPublicAddress, PRIVATE_ADDRESS, publicLookup } from '../../src/notify/address-guard.ts';

test.each([
  ['8.8.8.8', true],
  ['172.15.255.255', true],
  ['172.32.0.1', true],
  ['2a00:1450:4001::1', true],
  ['10.1.2.3', false],
  ['100.64.0.1', false],
  ['127.8.8.8', false],
  ['169.254.169.254', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['0.0.0.0', false],
  ['::', false],
  ['::1', false],
  ['::ffff:10.0.0.1', false],
  ['::ffff:8.8.8.8', true],
  ['64:ff9b::a00:1', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['ff02::1', false],
  ['localhost', false],
  ['', false],
])('%s: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});

test('a name that leads home is not given to the one who connects', async () => {
  const look = promisify((name: string, done: (error: NodeJS.ErrnoException | null) => void) =>
    publicLookup(name, {}, (error) => done(error)),
  );
  await expect(look('localhost')).rejects.toMatchObject({ code: PRIVATE_ADDRESS });
});
