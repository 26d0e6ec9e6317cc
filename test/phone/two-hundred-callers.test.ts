import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signatureOf } from '../../src/speech/tones.ts';
import { placeCall } from '../flows/player.ts';
import { type Ear, openEar } from '../kit/ear.ts';
import { openStage, type Stage } from '../kit/engine.ts';
import { runSipp } from '../kit/sipp.ts';

const CALLERS = 200;
const PER_SECOND = 5;
const KEY_GAP_MS = 60;

interface Wish {
  readonly keys: readonly string[];
  /** What must be read to this caller. */
  readonly words: string;
}

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({});
});
afterAll(() => stage?.close());

/** Even callers ask by plate code, odd ones by postcode; all 81 provinces come up. */
async function wishOf(index: number): Promise<Wish> {
  const plate = String((index % 81) + 1).padStart(2, '0');
  const keys = index % 2 === 0 ? ['1', plate] : ['2', `${plate}000`, '1'];
  let call = await placeCall({ flow: 'dealer-lookup', language: 'tr' });
  for (const one of keys) call = await call.press(one);
  const read = call.heard.find((text) => text.startsWith('tr dealer.read: '));
  if (read === undefined) throw new Error(`nothing is read for ${keys.join(' ')}: ${call.heard.join(' | ')}`);
  return { keys, words: read.slice('tr dealer.read: '.length) };
}

async function talk(ear: Ear, wish: Wish): Promise<void> {
  await ear.hears(() => true, 0, 60_000);
  for (const key of wish.keys.join('')) {
    await ear.press(key);
    await new Promise((resolve) => setTimeout(resolve, KEY_GAP_MS));
  }
  const signature = signatureOf('tr', wish.words);
  await ear.hears((tones) => tones.signature === signature, 0, 60_000);
  await ear.press('0');
}

it('200 callers ask for dealers with different keys: none fails, each hears the right one', async () => {
  const wishes = await Promise.all(Array.from({ length: CALLERS }, (_, index) => wishOf(index)));
  const ears = await Promise.all(wishes.map(() => openEar()));
  try {
    const fields = ears.map((ear, index) => ['1010', `90555${String(index).padStart(7, '0')}`, String(ear.port)]);
    const target = `127.0.0.1:${stage.asterisk.sipPort}`;
    const [report, ...talks] = await Promise.all([
      runSipp({ scenario: 'caller', target, port: stage.asterisk.sparePort, rate: PER_SECOND, fields }),
      ...ears.map((ear, index) => talk(ear, wishes[index] as Wish)),
    ]);
    expect(talks).toHaveLength(CALLERS);
    expect(report).toEqual({ calls: CALLERS, failed: 0, errors: '' });
    expect(stage.asterisk.complaints()).toEqual([]);
  } finally {
    for (const ear of ears) ear.close();
  }
}, 300_000);

it('what is read for a province is one of its dealers wherever it has any', async () => {
  const rows: { readonly name: string; readonly province: string }[] = parse(readFileSync('flows/demo/dealers.csv'), {
    columns: true,
    bom: true,
  });
  const provinces = new Set(rows.map(({ province }) => Number(province)));
  expect(provinces.size).toBeGreaterThan(25);
  for (const province of provinces) {
    const names = rows.filter((row) => Number(row.province) === province).map(({ name }) => name);
    // By plate code: even callers.
    const { words } = await wishOf(province % 2 === 1 ? province - 1 : province - 1 + 81);
    expect(
      names.some((name) => words.includes(name)),
      `${province}: ${words}`,
    ).toBe(true);
  }
});
