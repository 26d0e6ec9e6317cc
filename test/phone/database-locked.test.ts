import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Lines, openLines, text } from '../kit/lines.ts';

/** Another program holds the database's lock, as a backup or a forgotten shell does, while somebody is in a call. */

const ASK = 'Please press one or two now. [3s]';
const NEXT = 'And now three or four. [3s]';
const BYE = 'Thank you and goodbye [1s]';
const NODES = `
  ask: { type: menu, prompt: ${text(ASK)}, options: { 1: next, 2: next }, firstDigit: 60s }
  next: { type: menu, prompt: ${text(NEXT)}, options: { 3: bye, 4: bye }, firstDigit: 60s }
  bye: { type: hangup, prompt: ${text(BYE)} }
`;
const HOLD = `
  const Database = require('better-sqlite3');
  const db = new Database(process.argv[1], { timeout: 10000 });
  db.exec('begin immediate');
  process.stdout.write('held');
  process.stdin.on('end', () => { db.exec('rollback'); db.close(); }).resume();
`;

let lines: Lines;
let holder: ChildProcess | undefined;
beforeAll(async () => {
  lines = await openLines({ main: NODES });
});
afterEach(() => void holder?.kill('SIGKILL'));
afterAll(() => lines?.close());

/** A process that has the lock; gives what ends it. */
async function lockOut(file: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['-e', HOLD, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  holder = child;
  const gone = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), gone.then(([code]) => Promise.reject(new Error(`the lock was not had: ${code}`)))]);
  return async () => {
    child.stdin.end();
    expect(await gone).toEqual([0, null]);
  };
}

it('a database locked by another program ends no call: keys work on, it is told, and all of it is in the journal afterwards', async () => {
  const { database } = lines.asterisk.config.places;
  const engine = lines.engine();
  const caller = await lines.dial('main');
  await caller.hears(ASK);
  const release = await lockOut(database);
  const from = engine.log.length;
  await caller.press('2');
  await caller.hears(NEXT);
  const told = await engine.logged(({ msg }) => String(msg).startsWith('the call could not be stored'), from);
  expect(told['err']).toMatchObject({ code: 'store.busy', message: expect.stringContaining('locked by another process') as string });
  await caller.press('3');
  await caller.hears(BYE);
  expect((await caller.ended()).cause).toBe(16);
  expect(await lines.facts('main', 'exit')).toEqual([]);
  await release();
  const call = await lines.ended('main');
  expect(call.termination).toMatchObject({ kind: 'flow-hung-up' });
  const exits = call.journal.filter(({ kind }) => kind === 'exit').map(({ data }) => [data['node'], data['to']]);
  expect(exits.slice(0, 2)).toEqual([
    ['ask', 'next'],
    ['next', 'bye'],
  ]);
});

it('a turn that was heard but not stored when the engine was killed is asked for again: nobody is dropped, and no turn counts twice', {
  retry: 0,
}, async () => {
  const { database } = lines.asterisk.config.places;
  const caller = await lines.dial('main');
  await caller.hears(ASK);
  await lines.onRecord('main', ({ state, journal }) => state === 'open' && journal.some(({ kind }) => kind === 'node-entered'), 'asked');
  const release = await lockOut(database);
  await caller.press('2');
  // The prompt does not wait for the storing, which waits for the lock.
  await caller.hears(NEXT);
  await lines.engine().kill();
  await release();
  await lines.startEngine();
  await caller.hears(ASK, 'en', 30_000);
  await caller.press('1');
  await caller.hears(NEXT);
  await caller.press('4');
  await caller.hears(BYE);
  expect((await caller.ended()).cause).toBe(16);
  const { journal } = await lines.ended('main');
  const exits = journal.filter(({ kind }) => kind === 'exit').map(({ data }) => [data['node'], data['to']]);
  expect(exits).toEqual([
    ['ask', 'next'],
    ['next', 'bye'],
  ]);
});
