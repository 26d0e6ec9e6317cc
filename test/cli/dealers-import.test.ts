import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dealersImport } from '../../src/cli/dealers-import.ts';
import type { CliIo } from '../../src/cli/io.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { BRAND, HEADER, memoryDealerStore } from '../services/dealers/fakes.ts';

const GOOD = 'A;Moda Servis;34;Kadıköy;Moda Caddesi No: 61;34710;0216 555 00 03;pzt-cum 09:00-18:00;40.987;29.027';
const BAD = 'B;Moda Servis;34;Kadıköy;Moda Caddesi No: 61;06570;yok;pzt-cum 09:00-18:00;;';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'santral-import-'));
});
afterEach(() => rm(cwd, { recursive: true }));

function setUp(env: Record<string, string> = {}) {
  const said = { out: '', err: '' };
  const io: CliIo = {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    cwd,
    env,
  };
  const dealers = memoryDealerStore();
  let closed = 0;
  const stores = { dealers, close: async () => void (closed += 1) } as unknown as Stores;
  const run = (...args: string[]) => dealersImport(args, io, async () => stores);
  return { said, dealers, run, closed: () => closed };
}

const file = (name: string, ...rows: string[]) => writeFile(path.join(cwd, name), [HEADER, ...rows].join('\n'));

describe('santral dealers import', () => {
  it('loads a file, says what it did, and closes the database', async () => {
    await file('dealers.csv', GOOD);
    const { said, dealers, run, closed } = setUp();
    expect(await run('dealers.csv')).toBe(0);
    expect(said).toEqual({
      out: 'dealers.csv: 1 row (utf-8, separator ;), brand santral\n  1 added, 0 changed, 0 unchanged, 0 bad\n',
      err: '',
    });
    expect(await dealers.count(BRAND)).toBe(1);
    expect(closed()).toBe(1);
  });

  it('exits 1 when there are bad rows, naming row, column, value and reason; the good ones are loaded', async () => {
    await file('dealers.csv', GOOD, BAD);
    const { said, dealers, run } = setUp();
    expect(await run('dealers.csv')).toBe(1);
    expect(said.out).toContain('1 added, 0 changed, 0 unchanged, 1 bad\n');
    expect(said.out).toContain(
      '  row 3, postcode "06570": belongs to Ankara (6), not to İstanbul (34); phone "yok" holds letters; write the number only\n',
    );
    expect(await dealers.count(BRAND)).toBe(1);
  });

  it('prints the report as JSON', async () => {
    await file('dealers.csv', GOOD, BAD);
    const { said, run } = setUp();
    expect(await run('dealers.csv', '--json', '--brand', 'acme')).toBe(1);
    expect(JSON.parse(said.out)).toMatchObject({
      file: 'dealers.csv',
      brand: 'acme',
      rows: 2,
      added: 1,
      bad: [{ row: 3, column: 'postcode' }],
    });
  });

  it('takes the brand from the settings', async () => {
    await file('dealers.csv', GOOD);
    const { said, run } = setUp({ SANTRAL_BRAND: 'acme' });
    await run('dealers.csv');
    expect(said.out).toContain('brand acme');
  });

  it('does nothing in a dry run', async () => {
    await file('dealers.csv', GOOD);
    const { said, dealers, run } = setUp();
    expect(await run('--dry-run', 'dealers.csv')).toBe(0);
    expect(said.out).toContain('dry run: nothing was stored\n  1 added');
    expect(await dealers.count(BRAND)).toBe(0);
  });

  it.each([
    [['nowhere.csv'], 'nowhere.csv cannot be read (ENOENT).\n'],
    [['empty.csv'], 'The file is empty. Its first row must hold the names of the columns.\n'],
    [['empty.csv', '--brand', 'A B'], '"A B" is not a brand: 1 to 40 lower-case letters, digits and dashes.\n'],
  ])('exits 1 with a sentence for %j', async (args, message) => {
    await writeFile(path.join(cwd, 'empty.csv'), '');
    const { said, run } = setUp();
    expect(await run(...args)).toBe(1);
    expect(said).toEqual({ out: '', err: message });
  });

  it.each([[[]], [['a.csv', 'b.csv']], [['a.csv', '--nope']]])('exits 2 and shows how for %j', async (args) => {
    const { said, run } = setUp();
    expect(await run(...args)).toBe(2);
    expect(said.err).toContain('santral dealers import <file> [');
  });

  it('shows its help', async () => {
    const { said, run } = setUp();
    expect(await run('--help')).toBe(0);
    expect(said.out).toMatch(/^santral dealers import/);
  });
});
