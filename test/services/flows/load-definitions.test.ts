import { createHash } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import type { BrandId } from '../../../src/domain/brand.ts';
import type { Log } from '../../../src/ports/log.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import { loadDefinitions } from '../../../src/services/flows/load-definitions.ts';
import { createReleases } from '../../../src/services/flows/releases.ts';
import { createNumbers, type Numbers } from '../../../src/services/numbers/route-numbers.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';

const MAIN = 'flow: main\nstart: bye\nnodes:\n  bye: { type: hangup, prompt: { text: { tr: x, en: x } } }\n';
const GOOD = 'numbers:\n  "1000": { flow: main, label: bir }\n  "1001": { flow: main, label: iki }\n  "*": { flow: main }\n';

let stores: Stores;
let said: string[];

beforeEach(async () => {
  stores = await openTemporaryStores();
  said = [];
  return () => stores.close();
});

/** A start of the engine with this numbers.yaml. */
async function startWith(text: string | null): Promise<Numbers> {
  const note = (_: unknown, message: string): void => void said.push(message);
  const log: Log = { ...silentLog, error: note, warn: note };
  const clock = virtualClock();
  const definitions = {
    read: async () => ({
      flows: [{ path: 'flows/main.yaml', text: MAIN }],
      catalogue: [],
      calendars: [],
      messages: [],
      numbers: text === null ? null : { path: 'flows/numbers.yaml', text },
      recordings: new Set<string>(),
    }),
  };
  const hash = (one: string): string => createHash('sha256').update(one).digest('hex');
  const releases = createReleases({ definitions, store: stores.flows, clock, log, hash, settleMs: 300 });
  const numbers = createNumbers({ stores, clock, brand: 'santral' as BrandId, language: 'tr', flowExists: () => true });
  await loadDefinitions({ definitions, releases, numbers, log });
  return numbers;
}

const labels = async (numbers: Numbers): Promise<string[]> => (await numbers.list()).map(({ did, label }) => `${did} ${label.tr}`);

it.each([
  ['broken YAML', 'numbers:\n  "1000": { flow: main\n'],
  ['a file that holds no numbers', 'nummern: {}\n'],
])('the numbers of the last start stay when there is %s', async (_, text) => {
  await startWith(GOOD);
  const numbers = await startWith(text);
  expect(await labels(numbers)).toEqual(['* ', '1000 bir', '1001 iki']);
  expect(numbers.routeFor('1001')?.label.tr).toBe('iki');
  expect(said).toContain('numbers.yaml cannot be read: the numbers of the last start stay as they were');
  expect(said).not.toContainEqual(expect.stringContaining('there is no number "*"'));
});

it('one bad entry keeps its former route; the others follow the file', async () => {
  await startWith(GOOD);
  const numbers = await startWith(
    'numbers:\n  "1000": { flow: main, lable: x }\n  "1001": { flow: main, label: yeni }\n  "*": { flow: gone }\n',
  );
  expect(await labels(numbers)).toEqual(['* ', '1000 bir', '1001 yeni']);
  expect(said.filter((one) => one.startsWith('flows/numbers.yaml'))).toHaveLength(2);
});

it('numbers taken out of a good file, or the whole file taken away, are gone', async () => {
  await startWith(GOOD);
  expect(await labels(await startWith('numbers:\n  "1001": { flow: main }\n'))).toEqual(['1001 ']);
  expect(said).toContainEqual(expect.stringContaining('there is no number "*"'));
  expect(await labels(await startWith(null))).toEqual([]);
});
