import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCommandImports } from '../../src/cli/command-stores.ts';
import type { CliIo } from '../../src/cli/io.ts';
import { listsImport } from '../../src/cli/lists-import.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'santral-lists-'));
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
  return { code: await listsImport(args, io, () => openCommandImports(io)), ...said };
}

describe('santral lists import', () => {
  it('loads a file, tells what it did, and adds nothing the second time', async () => {
    await writeFile(path.join(cwd, 'kasım.csv'), 'telefon;borç\n05321234567;12,50\n112;1\n');
    expect(await run('kasım.csv')).toEqual({
      code: 1,
      err: '',
      out: expect.stringMatching(
        /^kasım.csv: 2 rows of contacts, brand santral\n {2}1 added, 0 changed, 0 unchanged, 0 repeated, 1 bad\n {2}row 3, phone "112": policy: .*\n$/,
      ),
    });
    const again = JSON.parse((await run('kasım.csv', '--json')).out) as { counts: object };
    expect(again.counts).toMatchObject({ added: 0, unchanged: 1 });
    await writeFile(path.join(cwd, 'b.csv'), 'telefon\n05331234567\n');
    expect(await run('b.csv', '--list', 'kasım')).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is a list "kasım" already'),
    });
    expect(await run('b.csv', '--list', 'kasım', '--append')).toMatchObject({ code: 0, out: expect.stringContaining('1 added') });
    expect(await readdir(path.join(cwd, 'data', 'imports'))).toEqual([]);
  });

  it('shows how a file is understood, with other meanings too, and loads nothing', async () => {
    await writeFile(path.join(cwd, 'a.csv'), 'Kontakt;Tutar;Not\n05321234567;12;x\n');
    expect((await run('a.csv', '--preview', '--column', 'Kontakt=phone', '--column', 'Not=')).out).toBe(
      'a.csv (csv, utf-8, separator ;)\n  Kontakt: phone\n  Tutar: tutar:money\n  Not: (means nothing here)\n  row 2: +90 5** *** ** 67 | 12 | x\n',
    );
    expect(await run('a.csv')).toMatchObject({ code: 1, err: expect.stringContaining('lacks the column phone') });
  });

  it('refuses what it cannot use, each with its code', async () => {
    expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining('Name one file') });
    expect(await run('none.csv')).toEqual({ code: 1, out: '', err: 'none.csv cannot be read (ENOENT).\n' });
    expect(await run('none.csv', '--column', 'x')).toMatchObject({ code: 1, err: expect.stringContaining('--column wants') });
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--append') });
  });
});
