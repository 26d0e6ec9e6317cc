import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCommandImports } from '../../src/cli/command-stores.ts';
import { customersImport } from '../../src/cli/customers-import.ts';
import type { CliIo } from '../../src/cli/io.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'santral-customers-'));
});
afterEach(() => rm(cwd, { recursive: true }));

/** The whole command as it is called: a database, keys and a reading thread of its own. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const io: CliIo = {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    cwd,
    env: { SANTRAL_DATA: path.join(cwd, 'data') },
  };
  return { code: await customersImport(args, io, () => openCommandImports(io)), ...said };
}

describe('santral customers import', () => {
  it('loads a file, tells what it did, and adds nothing the second time', async () => {
    await writeFile(path.join(cwd, 'a.csv'), 'telefon;ad soyad;müşteri no\n05321234567;Ayşe Yılmaz;1\n112;x;2\n');
    expect(await run('a.csv')).toEqual({
      code: 1,
      err: '',
      out: expect.stringMatching(
        /^a.csv: 2 rows of customers, brand santral\n {2}1 added, 0 changed, 0 unchanged, 0 repeated, 1 bad\n {2}row 3, phone "112": policy: .*\n$/,
      ),
    });
    const again = JSON.parse((await run('a.csv', '--json')).out) as { counts: object };
    expect(again.counts).toMatchObject({ added: 0, unchanged: 1 });
    expect(await readdir(path.join(cwd, 'data', 'imports'))).toEqual([]);
  });

  it('shows how a file is understood, and loads nothing', async () => {
    await writeFile(path.join(cwd, 'a.csv'), 'telefon;ad soyad;renk\n05321234567;Ayşe Yılmaz;mavi\n');
    expect(await run('a.csv', '--preview')).toEqual({
      code: 0,
      err: '',
      out: 'a.csv (csv, utf-8, separator ;)\n  telefon: phone\n  ad soyad: name\n  renk: (means nothing here)\n  row 2: +90 5** *** ** 67 | Ayşe Yılmaz | mavi\n',
    });
    expect((await run('a.csv')).out).toContain('1 added');
  });

  it('refuses what it cannot use, each with its code', async () => {
    expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining('Name one file') });
    expect(await run('none.csv')).toEqual({ code: 1, out: '', err: 'none.csv cannot be read (ENOENT).\n' });
    expect(await run('none.csv', '--brand', 'A B')).toMatchObject({ code: 1, err: expect.stringContaining('is not a brand') });
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--segments') });
  });
});
