import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { guardedLookup, isWithinReach, mayBeWithinReach, OUT_OF_REACH, type Reach } from '../../src/network/address-guard.ts';

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
  expect(isWithinReach(address, 'public')).toBe(expected);
});

test.each([
  ['8.8.8.8', true],
  ['10.1.2.3', true],
  ['127.0.0.1', true],
  ['192.168.1.1', true],
  ['::1', true],
  ['fd12::1', true],
  ['169.254.169.254', false],
  ['::ffff:169.254.169.254', false],
  ['64:ff9b::a9fe:a9fe', false],
  ['2002:a9fe:a9fe::', false],
  ['100.100.100.200', false],
  ['fd00:ec2::254', false],
  ['fe80::1', false],
  ['0.0.0.0', false],
  ['::', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['localhost', false],
])('%s on private networks: %s', (address, expected) => {
  expect(isWithinReach(address, 'private')).toBe(expected);
});

test.each([
  ['http://127.0.0.1/', false],
  ['http://0x7f000001/', false],
  ['http://2130706433/', false],
  ['http://[::1]:8088/', false],
  ['http://crm.example/', true],
  ['http://8.8.8.8/', true],
])('the host of %s: %s', (url, expected) => {
  expect(mayBeWithinReach(url, 'public')).toBe(expected);
});

type Answer = readonly { readonly address: string; readonly family: 4 | 6 }[];

function asked(reach: Reach, answers: Answer): Promise<unknown> {
  const look = ((_name: string, _options: object, done: (error: null, found: Answer) => void) => done(null, answers)) as never;
  return new Promise((resolve, reject) => {
    guardedLookup(reach, look)('crm.example', { all: true }, (error, found) => (error === null ? resolve(found) : reject(error)));
  });
}

test('a name that leads out of reach is not given to the one who connects, whatever else it leads to', async () => {
  const outside = { address: '8.8.8.8', family: 4 } as const;
  const inside = { address: '10.0.0.1', family: 4 } as const;
  const metadata = { address: '169.254.169.254', family: 4 } as const;
  expect(await asked('public', [outside])).toEqual([outside]);
  await expect(asked('public', [outside, inside])).rejects.toMatchObject({ code: OUT_OF_REACH });
  expect(await asked('private', [outside, inside])).toEqual([outside, inside]);
  await expect(asked('private', [outside, metadata])).rejects.toMatchObject({ code: OUT_OF_REACH });
  await expect(asked('public', [])).rejects.toMatchObject({ code: OUT_OF_REACH });
  const look = promisify((name: string, done: (error: NodeJS.ErrnoException | null) => void) =>
    guardedLookup('public')(name, {}, (error) => done(error)),
  );
  await expect(look('localhost')).rejects.toMatchObject({ code: OUT_OF_REACH });
});
