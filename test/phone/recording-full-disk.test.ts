import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signatureOf } from '../../src/speech/tones.ts';
import { type AgentOffice, openOffice } from '../kit/agents.ts';
import { type Lines, openLines, text, until } from '../kit/lines.ts';
import { decodeTones } from '../kit/tones.ts';

/** A disk that is full while a call is recorded, on a real Asterisk: recordings lie on a disk of four megabytes. */

const HELLO = 'Hello and welcome. [1s]';
const LOST = 'Said into the void. [1s]';
const AFTER = 'There is room again. [1s]';
const PRESSED = 'You have pressed one. [1s]';
const NAMES = new Map([HELLO, LOST, AFTER, PRESSED].map((words) => [signatureOf('en', words), words]));
const DISK = 4 << 20;
/** Two seconds of a recording. */
const ROOM = 64 << 10;
const RECORDED_PER_SECOND = 32_000;

let lines: Lines;
let office: AgentOffice;
let disk: string | null = null;

/** Only root may. */
function mountable(): boolean {
  return process.getuid?.() === 0;
}

beforeAll(async () => {
  if (!mountable()) return;
  const main = {
    head: 'record: true\n',
    nodes: `
  hello: { type: menu, prompt: ${text(HELLO)}, options: { 1: pressed }, firstDigit: 60s }
  pressed: { type: say, prompt: ${text(PRESSED)}, next: wait }
  wait: { type: menu, prompt: ${text(LOST)}, options: { 1: off }, firstDigit: 60s }
  off: { type: hangup }`,
  };
  lines = await openLines({ main });
  office = await openOffice(lines);
  const place = lines.asterisk.config.places.callRecordings;
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK},mode=1777`, 'tmpfs', place]);
  disk = place;
});
afterAll(async () => {
  await office?.stop();
  if (disk !== null) execFileSync('umount', ['-l', disk]);
  await lines?.close();
});

it.skipIf(!mountable())('the call goes on, log and journal say so, and what comes after is recorded again', async () => {
  const filler = path.join(disk ?? '', 'filler');
  writeFileSync(filler, Buffer.alloc(DISK - ROOM));
  const from = lines.engine().log.length;
  const caller = await lines.dial('main');
  await caller.hears(HELLO);
  const warning = await lines.engine().logged(({ code }) => code === 'recording.not-written', from);
  expect(warning['msg']).toBe('a call is not recorded as it should be; the call goes on');
  await caller.press('1');
  await caller.hears(PRESSED);
  await caller.hears(LOST);
  rmSync(filler);
  // Asterisk begins a file anew, and writes again.
  const grows = (): boolean => partsOf(disk ?? '').some((bytes) => bytes > 2 * RECORDED_PER_SECOND);
  await until(grows, 20_000, 'the recording goes on');
  await caller.say(AFTER);
  await caller.press('1');
  await caller.ended();
  const { id, journal } = await lines.ended('main');
  expect(journal.filter(({ kind, data }) => kind === 'incident' && data['code'] === 'recording.not-written')).toHaveLength(1);
  const ask = (address: string) => office.admin(`/api/v1/calls/${id}/recording${address}`);
  const state = async () => ((await (await ask('')).json()) as { state: string }).state;
  await until(async () => (await state()) === 'kept', 10_000, 'the recording is put together');
  const whole = Buffer.from(await (await ask('/audio')).arrayBuffer());
  const side = (offset: number): readonly string[] => {
    const samples = Int16Array.from({ length: (whole.length - 44) / 4 }, (_, index) => whole.readInt16LE(44 + index * 4 + offset));
    return decodeTones(samples).map(({ signature }) => NAMES.get(signature ?? '') ?? '?');
  };
  expect(side(0)).toContain(AFTER);
  expect(side(2)).toContain(HELLO);
  const figures = await (await office.admin('/metrics')).text();
  expect(Number(/^santral_call_recording_faults_total (\d+)/m.exec(figures)?.[1])).toBeGreaterThan(0);
});

function partsOf(place: string): readonly number[] {
  const names = readdirSync(place);
  return names.filter((name) => name.endsWith('.raw')).map((name) => statSync(path.join(place, name)).size);
}
