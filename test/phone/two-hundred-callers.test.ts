import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROVINCES } from '../../src/domain/provinces.ts';
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

// One failure among them is one too many: there is no second try.
it('200 callers ask for dealers with different keys: none fails, each hears the right one', { retry: 0, timeout: 300_000 }, async () => {
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
});

interface Row {
  readonly name: string;
  readonly province: string;
  readonly district: string;
  readonly address: string;
  readonly postcode: string;
  readonly latitude: string;
  readonly longitude: string;
}

const DEALERS: readonly Row[] = parse(readFileSync('flows/demo/dealers.csv'), { columns: true, bom: true });
const inProvince = (code: number): readonly Row[] => DEALERS.filter(({ province }) => Number(province) === code);
const isRead = (words: string, { name, district, address }: Row): boolean =>
  [`${name}. ${district}`, `${address}.`].every((part) => words.includes(part));

it('what is read for a province is one of its dealers wherever it has any', async () => {
  const provinces = new Set(DEALERS.map(({ province }) => Number(province)));
  expect(provinces.size).toBeGreaterThan(25);
  for (const province of provinces) {
    // By plate code: even callers.
    const { words } = await wishOf(province % 2 === 1 ? province - 1 : province - 1 + 81);
    expect(
      inProvince(province).some((row) => isRead(words, row)),
      `${province}: ${words}`,
    ).toBe(true);
  }
});

/** How many digits two postcodes begin alike with. */
function alike(a: string, b: string): number {
  const at = [...a].findIndex((digit, index) => digit !== b[index]);
  return at === -1 ? a.length : at;
}

/** Km on a flat map, good enough to tell near from far; undefined when the row does not say where it is. */
function kmFrom(place: { readonly latitude: number; readonly longitude: number }, { latitude, longitude }: Row): number | undefined {
  if (latitude === '') return undefined;
  const north = (Number(latitude) - place.latitude) * 111;
  const east = (Number(longitude) - place.longitude) * 111 * Math.cos((place.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}

it.each(PROVINCES.map(({ code, name }) => [name, code] as const))(
  'what is read for a postcode of %s has a postcode most like it, or is nearest where nobody’s is like it',
  async (_name, code) => {
    // By postcode: odd callers.
    const { keys, words } = await wishOf(code % 2 === 0 ? code - 1 : code - 1 + 81);
    const wanted = keys[1] as string;
    expect(wanted).toBe(`${String(code).padStart(2, '0')}000`);
    const [read, ...more] = DEALERS.filter((row) => isRead(words, row));
    expect(more).toEqual([]);
    expect(read, words).toBeDefined();
    const most = Math.max(...DEALERS.map(({ postcode }) => alike(postcode, wanted)));
    if (most >= 2) expect(alike((read as Row).postcode, wanted), words).toBe(most);
    else {
      const centre = PROVINCES.find((province) => province.code === code) as (typeof PROVINCES)[number];
      const nearest = Math.min(...DEALERS.map((row) => kmFrom(centre, row) ?? Number.POSITIVE_INFINITY));
      expect(inProvince(code)).toEqual([]);
      expect(kmFrom(centre, read as Row) ?? 0, words).toBeLessThan(nearest * 1.05);
    }
  },
);
