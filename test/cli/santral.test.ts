import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COMMANDS, santral } from '../../src/cli/santral.ts';
import { settingsTable } from '../../src/cli/show-config.ts';
import { SETTINGS } from '../../src/config/settings.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(path.join(os.tmpdir(), 'santral-cli-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const said = { out: '', err: '' };
  const code = await santral(args, {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    env: { SANTRAL_DATA: data, ...env },
    cwd: data,
    stdin: Readable.from([]),
  });
  return { code, ...said };
}

describe('the santral command', () => {
  test.each([[[]], [['help']], [['--help']], [['-h']]])('%j lists every command', async (args) => {
    const { code, out } = await run(args);
    expect(code).toBe(0);
    for (const { words, help } of COMMANDS) expect(out).toMatch(new RegExp(`${words.join(' ')} +${help.slice(0, 20)}`));
  });

  test.each(COMMANDS.map(({ words }) => [words]))('%j tells about itself', async (words) => {
    const { code, out, err } = await run([...words, '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`santral ${words.join(' ')}`);
  });

  test.each(COMMANDS.map(({ words }) => [words]))('%j refuses an option it does not know', async (words) => {
    const { code, err } = await run([...words, '--no-such-option']);
    expect(code).toBe(2);
    expect(err).toContain('--no-such-option');
  });

  test.each([[['flow']], [['flow', 'fly']], [['nothing']]])('%j is no command', async (args) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`There is no command "${args.join(' ')}"`);
    expect(err).toContain('dealers import');
  });
});

describe('santral config', () => {
  test('shows every setting with its value and purpose, and no secret but the accounts of the demonstration', async () => {
    const { code, out } = await run(['config'], { SANTRAL_ARI_PASSWORD: 'very-secret', SANTRAL_RTP_PORTS: '20000-20099' });
    expect(code).toBe(0);
    for (const { env, help } of Object.values(SETTINGS))
      expect(out).toMatch(new RegExp(`^${env}=.*${help.slice(0, 12).replace(/[.*+?()[\]|]/g, '.')}`, 'm'));
    expect(out).toContain('SANTRAL_RTP_PORTS=20000-20099');
    expect(out).not.toContain('very-secret');
    expect(out).toContain('SIP accounts: made at the first start.');
  });

  test('shows the SIP accounts once they are made', async () => {
    await run(['asterisk', 'render']);
    const kept = JSON.parse(readFileSync(path.join(data, 'secrets.json'), 'utf8')) as { agents: { name: string; password: string }[] };
    const { out } = await run(['config']);
    for (const { name, password } of kept.agents) expect(out).toContain(`SIP account: ${name}, password ${password}`);
  });

  test('names each setting that cannot be used', async () => {
    const { code, err } = await run(['config'], { SANTRAL_MAX_CPS: '0', SANTRAL_ZONE: 'Mars' });
    expect(code).toBe(1);
    expect(err).toContain('SANTRAL_MAX_CPS: must be');
    expect(err).toContain('SANTRAL_ZONE: must be');
  });

  test('gives JSON for programs and the table of the README for people', async () => {
    const json = JSON.parse((await run(['config', '--json'])).out) as Record<string, string>;
    expect(json['SANTRAL_HOST']).toBe('127.0.0.1');
    expect(Object.keys(json)).not.toContain('SANTRAL_ARI_PASSWORD');
    const { out } = await run(['config', '--markdown']);
    expect(out).toBe(settingsTable());
    expect(out.trim().split('\n')).toHaveLength(Object.keys(SETTINGS).length + 2);
  });
});

describe('santral asterisk render', () => {
  test('writes every file for a packaged Asterisk, with its folders', async () => {
    const { code, out } = await run(['asterisk', 'render']);
    expect(code).toBe(0);
    const etc = path.join(data, 'asterisk/etc');
    expect(out).toContain(`asterisk -f -C ${etc}/asterisk.conf`);
    expect(readdirSync(etc)).toEqual(
      readdirSync(new URL('../../asterisk-config', import.meta.url)).filter((name) => name.endsWith('.conf')),
    );
    expect(readFileSync(path.join(etc, 'asterisk.conf'), 'utf8')).toMatch(/astmoddir => \/usr\/lib\/\w+-linux-gnu\/asterisk\/modules/);
    expect(readdirSync(path.join(data, 'asterisk'))).toEqual(
      expect.arrayContaining(['run', 'log', 'spool', 'db', 'keys', 'cache', 'lib', 'music']),
    );
  });

  test('takes the folders of another build of Asterisk', async () => {
    await run(['asterisk', 'render', '--modules', '/opt/asterisk/modules', '--asterisk-data', '/opt/asterisk/data']);
    const text = readFileSync(path.join(data, 'asterisk/etc/asterisk.conf'), 'utf8');
    expect(text).toContain('astmoddir => /opt/asterisk/modules');
    expect(text).toContain('astdatadir => /opt/asterisk/data');
  });

  test('keeps its secrets from one time to the next', async () => {
    const password = () => /^password = (.*)$/m.exec(readFileSync(path.join(data, 'asterisk/etc/ari.conf'), 'utf8'))?.[1];
    await run(['asterisk', 'render']);
    const first = password();
    await run(['asterisk', 'render']);
    expect(password()).toBe(first);
  });

  test('says which setting Asterisk’s files cannot carry', async () => {
    const { code, err } = await run(['asterisk', 'render'], { SANTRAL_ARI_APP: 'two words' });
    expect(code).toBe(1);
    expect(err).toContain('SANTRAL_ARI_APP');
  });
});
