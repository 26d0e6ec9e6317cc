import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { callEndsIn } from '../../src/files/call-ends.ts';
import { definitionFiles } from '../../src/files/definition-files.ts';
import { silentLog } from '../kit/asterisk.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'santral-files-'));
  return () => rmSync(dir, { recursive: true });
});

function put(file: string, text = ''): void {
  mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  writeFileSync(path.join(dir, file), text);
}

it('finds flows, prompts, calendars, numbers and recordings, each in its place', async () => {
  put('flows/b.yaml', 'b');
  put('flows/a.yaml', 'a');
  put('flows/a.test.yaml', 'a scenario');
  put('flows/README.md');
  put('flows/numbers.yaml', 'n');
  put('flows/connectors.yaml', 'x');
  put('flows/calendars/office.yaml', 'c');
  put('flows/senders.yaml', 's');
  put('flows/webhooks.yaml', 'w');
  put('flows/queues.yaml', 'q');
  put('flows/dispositions.yaml', 'd');
  put('flows/messages/general.yaml', 'm');
  put('sounds/general.yaml', 'g');
  put('sounds/tr/general.goodbye.wav');
  put('sounds/tr/notes.txt');
  put('uploads/en/general.goodbye.wav');
  const uploads = path.join(dir, 'uploads');
  const found = await definitionFiles({ flows: path.join(dir, 'flows'), sounds: path.join(dir, 'sounds'), uploads }).read();
  expect(found.flows.map(({ text }) => text)).toEqual(['a', 'b']);
  expect(found.calendars.map(({ text }) => text)).toEqual(['c']);
  expect(found.catalogue.map(({ text }) => text)).toEqual(['g']);
  expect(found.messages.map(({ text }) => text)).toEqual(['m']);
  expect(found.numbers?.text).toBe('n');
  expect([...found.recordings]).toEqual(['tr/general.goodbye', 'en/general.goodbye']);
  expect(found.connectors?.text).toBe('x');
  expect([found.queues?.text, found.dispositions?.text]).toEqual(['q', 'd']);
});

it('a directory that is not there is empty', async () => {
  const found = await definitionFiles({ flows: path.join(dir, 'none'), sounds: path.join(dir, 'none') }).read();
  const nothing = { flows: [], catalogue: [], calendars: [], messages: [], surveys: [], numbers: null, connectors: null };
  const noQueues = { queues: null, dispositions: null, directory: null, forms: null };
  expect(found).toEqual({ ...nothing, ...noQueues, recordings: new Set() });
});

it('reads when calls ended, over midnight, and passes over what it does not understand', async () => {
  put('ended-20261121.csv', '1795290000.1,1795290100\ngarbage\n1795290000.2,soon\n');
  put('ended-20261122.csv', '1795290000.3,1795400000\n1795290000.4,1795400001\n');
  put('ended-20200101.csv', '1795290000.1,1\n');
  const ends = callEndsIn(dir, silentLog);
  const found = await ends.of(['1795290000.1', '1795290000.2', '1795290000.3'], Date.parse('2026-11-21T23:00:00Z'));
  expect([...found]).toEqual([
    ['1795290000.1', 1_795_290_100_000],
    ['1795290000.3', 1_795_400_000_000],
  ]);
});

it('without notes nothing is known, and nothing fails', async () => {
  expect(await callEndsIn(path.join(dir, 'none'), silentLog).of(['x'], 0)).toEqual(new Map());
});
