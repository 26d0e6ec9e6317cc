import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appointmentsImport } from '../../src/cli/appointments-import.ts';
import type { CliIo } from '../../src/cli/io.ts';
import { DEFAULT_BRAND as brand } from '../../src/domain/brand.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { importDealers } from '../../src/services/dealers/import-dealers.ts';
import { openTemporaryStores } from '../kit/temporary-stores.ts';

let cwd: string;
let stores: Stores;
let closed = 0;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'santral-import-'));
  stores = await openTemporaryStores();
  await importDealers(stores.dealers, { brand, bytes: readFileSync('flows/demo/dealers.csv'), now: 0 });
  await copyFile('flows/demo/appointments.yaml', path.join(cwd, 'demo.yaml'));
  closed = 0;
});
afterEach(async () => {
  await stores.close();
  await rm(cwd, { recursive: true });
});

function run(...args: string[]) {
  const said = { out: '', err: '' };
  const io: CliIo = { out: (text) => void (said.out += text), err: (text) => void (said.err += text), cwd, env: {} };
  const open = async () => ({ ...stores, close: async () => void (closed += 1) });
  return appointmentsImport(args, io, open).then((code) => ({ code, ...said }));
}

describe('santral appointments import', () => {
  it('loads a file, says what it did, and closes the database', async () => {
    const { code, out, err } = await run('demo.yaml');
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe('demo.yaml: 3 services, 112 calendars, 4 customers, 0 problems; brand santral\n');
    expect(await stores.serviceCalendars.calendars(brand, { dealer: 'VAN-01' })).toHaveLength(2);
    expect(await stores.customers.count(brand)).toBe(4);
    expect(closed).toBe(1);
    expect((await run('demo.yaml')).code).toBe(0);
    expect(await stores.customers.count(brand)).toBe(4);
  });

  it('stores nothing on a dry run, or of a file with a problem, which is told with its place and remedy', async () => {
    expect((await run('demo.yaml', '--dry-run')).out).toContain('dry run: nothing was stored');
    await writeFile(path.join(cwd, 'bad.yaml'), 'services: { bakim: { tr: Bakım, en: Maintenance } }\ncustomers:\n  - { code: "12" }\n');
    const { code, out } = await run('bad.yaml');
    expect(code).toBe(1);
    expect(out).toContain('bad.yaml:3:7 appointments.shape: "customers.0.code" must be 4 to 12 digits.\n    Write 4 to 12 digits.\n');
    expect(await stores.serviceCalendars.services(brand)).toEqual([]);
  });

  it('prints JSON, and says what is wrong with the command line', async () => {
    expect(JSON.parse((await run('demo.yaml', '--json', '--brand', 'santral')).out)).toMatchObject({ services: 3, problems: [] });
    expect((await run()).code).toBe(2);
    expect((await run('--help')).out).toContain('appointments import');
    expect(await run('nowhere.yaml')).toMatchObject({ code: 1, err: 'nowhere.yaml cannot be read (ENOENT).\n' });
    expect((await run('demo.yaml', '--brand', 'No Brand')).err).toContain('is not a brand');
    await expect(run('--what')).rejects.toMatchObject({ code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
  });
});
