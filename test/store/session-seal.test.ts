import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openStores } from '../../src/store/open-stores.ts';
import { sealWith } from '../../src/store/session-seal.ts';
import { listeningLog, temporaryDirectory } from './engines.ts';
import { change, session } from './fixtures.ts';

const PIN = '918273645';

test('what was sealed is opened with the same key only', () => {
  const seal = sealWith('a key of some length');
  const sealed = seal.seal(PIN);
  expect(sealed).not.toContain(PIN);
  expect(seal.seal(PIN)).not.toBe(sealed);
  expect(seal.open(sealed)).toBe(PIN);
  expect(sealWith('another key of some length').open(sealed)).toBeUndefined();
  expect(seal.open(`${sealed.slice(0, -2)}AA`)).toBeUndefined();
  expect(seal.open('{"plain":true}')).toBeUndefined();
});

test('what a caller keyed is not to be found in the database’s files, and is there for who goes on with the call', async () => {
  const directory = temporaryDirectory();
  const sqliteFile = path.join(directory, 'santral.db');
  const open = (key: string) => openStores({ sqliteFile, log: listeningLog(), seal: sealWith(key) });
  const stores = await open('the key of this test');
  const keyed = session(1);
  const top = keyed.stack[0];
  await stores.calls.commit(change(1, [1, 2], { session: { ...keyed, stack: top === undefined ? [] : [{ ...top, vars: { pin: PIN } }] } }));
  const [row] = await stores.calls.open();
  expect(JSON.stringify(row?.session)).toContain(PIN);
  for (const file of readdirSync(directory)) expect(readFileSync(path.join(directory, file)).includes(PIN), file).toBe(false);
  await stores.close();
  const other = await open('a key that is not the one');
  expect((await other.calls.open())[0]).toMatchObject({ session: null, lastSeq: 2 });
  await other.close();
  rmSync(directory, { recursive: true });
});
