import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BrandId } from '../../../src/domain/brand.ts';
import type { Log } from '../../../src/ports/log.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import { loadDefinitions, tryLoaded } from '../../../src/services/flows/load-definitions.ts';
import { createReleases } from '../../../src/services/flows/releases.ts';
import { createScenarioGate } from '../../../src/services/flows/scenario-gate.ts';
import { createNumbers, type Numbers } from '../../../src/services/numbers/route-numbers.ts';
import { LIMITS } from '../../flow/kit.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';

const BRAND = 'santral' as BrandId;
const MAIN = 'flow: main\nstart: bye\nnodes:\n  bye: { type: hangup, prompt: { text: { tr: x, en: x } } }\n';
const GOOD = 'numbers:\n  "1000": { flow: main, label: bir }\n  "1001": { flow: main, label: iki }\n  "*": { flow: main }\n';

let stores: Stores;
let said: string[];

beforeEach(async () => {
  stores = await openTemporaryStores();
  said = [];
  return () => stores.close();
});

function houseOf(main: string, log: Log, numbers: string | null = null) {
  const definitions = {
    read: async () => ({
      flows: [{ path: 'flows/main.yaml', text: main }],
      catalogue: [],
      calendars: [],
      messages: [],
      numbers: numbers === null ? null : { path: 'flows/numbers.yaml', text: numbers },
      recordings: new Set<string>(),
    }),
  };
  const hash = (one: string): string => createHash('sha256').update(one).digest('hex');
  return { definitions, releases: createReleases({ definitions, store: stores.flows, clock: virtualClock(), log, hash, settleMs: 300 }) };
}

/** A start of the engine with this numbers.yaml. */
async function startWith(text: string | null): Promise<Numbers> {
  const note = (_: unknown, message: string): void => void said.push(message);
  const log: Log = { ...silentLog, error: note, warn: note };
  const clock = virtualClock();
  const { releases, definitions } = houseOf(MAIN, log, text);
  const numbers = createNumbers({ stores, clock, brand: BRAND, language: 'tr', flowExists: () => true });
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

describe('scenarios of files that changed', () => {
  const RED = 'flow: main\nscenarios:\n  - { name: says more, language: tr, steps: [hears: { tr: Merhaba }] }\n';
  const GREEN = RED.replace('Merhaba', 'x');

  async function start(main: string, scenarios: string): Promise<readonly string[]> {
    const lines: string[] = [];
    const at = (level: string) => (_: unknown, message: string) => void lines.push(`${level} ${message}`);
    const log: Log = { ...silentLog, error: at('error'), warn: at('warn'), info: at('info') };
    const clock = virtualClock();
    const { releases, definitions } = houseOf(main, log);
    const numbers = createNumbers({ stores, clock, brand: BRAND, language: 'tr', flowExists: () => true });
    const made = await loadDefinitions({ definitions, releases, numbers, log });
    const files = { read: async () => [{ path: 'flows/main.test.yaml', text: scenarios }] };
    const gate = createScenarioGate({ scenarios: files, clock, zone: 'Europe/Istanbul', brand: BRAND, limits: LIMITS, typeAheadKeys: 32 });
    lines.length = 0;
    if (made !== null) await tryLoaded(made, gate, log);
    expect(releases.newest()?.flows.has('main')).toBe(true);
    return lines;
  }

  it('are run at the start, and what is red is said with its place; calls run on the files all the same', async () => {
    expect(await start(MAIN, GREEN)).toEqual(['info the scenarios of the changed flow files go as written']);
    // The same files again: nothing is run.
    expect(await start(MAIN, RED)).toEqual([]);
    expect(await start(MAIN.replaceAll(': x', ': z'), GREEN)).toEqual([
      expect.stringMatching(/^error flows\/main\.test\.yaml:3:\d+ scenario "says more" \(tr\) goes otherwise: /),
      expect.stringContaining('calls run on them all the same'),
    ]);
  });

  it('that cannot be read are said, too', async () => {
    expect(await start(MAIN, 'flow: main\nscenarios: []\n')).toEqual([
      expect.stringMatching(/^error flows\/main\.test\.yaml:2:/),
      expect.stringContaining('calls run on them all the same'),
    ]);
  });
});
