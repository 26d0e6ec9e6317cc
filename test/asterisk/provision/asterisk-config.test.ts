import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { asteriskValues } from '../../../src/asterisk/provision/asterisk-values.ts';
import { instanceOf } from '../../../src/asterisk/provision/instance.ts';
import { renderTemplates } from '../../../src/asterisk/provision/render.ts';
import { readTemplates } from '../../../src/asterisk/provision/write-config.ts';
import { readConfig } from '../../../src/config/config.ts';

const templates = readTemplates();
const secrets = { ariPassword: 'secret', sessionKey: 'a key for sessions', agents: [{ name: '100', password: 'phone-secret' }] };

function rendered(env: Record<string, string> = {}, bench = false): (file: string) => string {
  const config = readConfig({ SANTRAL_DATA: '/var/lib/santral', ...env }, '/');
  const values = asteriskValues({
    config,
    secrets: config.ariPassword === undefined ? secrets : { ...secrets, ariPassword: config.ariPassword },
    distribution: { moduleDir: '/usr/lib/asterisk/modules', dataDir: '/usr/share/asterisk' },
    instance: instanceOf(config.places),
    musicDir: '/var/lib/santral/asterisk/music',
    maxFiles: 20_000,
    bench,
  });
  const files = renderTemplates(values, templates);
  return (file) => (files.get(file) ?? '').replace(/^;.*\n/gm, '').replace(/\n{2,}/g, '\n');
}

/** What an object is stands in the comment above its section. */
const OBJECT = /^(type|protocol) =/;

/** Settings with no comment of their own: at the line's end, above it, or shared with the lines above it that set the same thing. */
function unexplained(template: string): string[] {
  const lines = template.split('\n').filter((line) => line !== '' && !/^\{\{[#/]/.test(line) && !OBJECT.test(line));
  const keyOf = (line = ''): string | undefined => /^(\w+) =>? ?/.exec(line)?.[1];
  const isSetting = (line: string): boolean => keyOf(line) !== undefined && !/^(exten|same|include) =>/.test(line);
  return lines.filter((line, index) => {
    if (!isSetting(line) || / ; \S/.test(line)) return false;
    const above = lines.slice(0, index).findLast((other) => keyOf(other) !== keyOf(line));
    return above === undefined || !/^(;|\[)/.test(above);
  });
}

describe('the files rendered for Asterisk', () => {
  test('none keeps a placeholder, in whichever way the settings switch', () => {
    for (const env of [
      {},
      { SANTRAL_TRUNK: 'sip.example.net', SANTRAL_EXTERNAL_ADDRESS: '192.0.2.1' },
      { SANTRAL_ANONYMOUS_CALLS: 'none' },
      { SANTRAL_TRUNK: 'sip.example.net', SANTRAL_TRUNK_USER: '100', SANTRAL_TRUNK_PASSWORD: 'x', SANTRAL_TRUNK_REGISTER: 'on' },
    ]) {
      const file = rendered(env, true);
      for (const name of templates.keys()) expect(file(name)).not.toMatch(/\{\{|\}\}/);
    }
  });

  test.each([...templates])('%s says what it is for, and why each of its lines is there', (name, text) => {
    expect(text).toMatch(/^; /);
    expect(unexplained(text).map((line) => `${name}: ${line}`)).toEqual([]);
  });

  test('every directory but the two of the distribution lies in the data directory', () => {
    const folders = [...rendered()('asterisk.conf').matchAll(/^(ast\w+) => (.+)$/gm)].map(([, name, folder]) => [name, folder]);
    const outside = folders.filter(([, folder]) => !folder?.startsWith('/var/lib/santral/asterisk/'));
    expect(outside.map(([name]) => name)).toEqual(['astmoddir', 'astdatadir']);
    expect(folders).toHaveLength(11);
  });

  test('everything binds to SANTRAL_HOST', () => {
    const file = rendered({ SANTRAL_HOST: '192.0.2.7', SANTRAL_SIP_PORT: '5070', SANTRAL_ARI_PORT: '8099' });
    expect(file('pjsip.conf').match(/^bind = .*$/gm)).toEqual(Array(3).fill('bind = 192.0.2.7:5070'));
    expect(file('http.conf')).toMatch(/^bindaddr = 192\.0\.2\.7\nbindport = 8099$/m);
  });

  test.each(['::1', '::'])('an IPv6 address (%s) stands in brackets before a port, and bare where Asterisk wants it so', (host) => {
    const file = rendered({ SANTRAL_HOST: host });
    expect(file('pjsip.conf').match(/^bind = .*$/gm)).toEqual(Array(3).fill(`bind = [${host}]:5060`));
    expect(file('http.conf')).toMatch(new RegExp(`^bindaddr = ${host}$`, 'm'));
  });

  test('calls without an account are taken from loopback, from anywhere, or not at all', () => {
    const loopback = rendered({ SANTRAL_ANONYMOUS_CALLS: 'loopback' });
    expect(loopback('pjsip.conf')).toMatch(
      /\[anonymous\]\(caller\)\n(?:.*\n)*?deny = 0\.0\.0\.0\/0\ndeny = ::\/0\npermit = 127\.0\.0\.0\/8\n/,
    );
    const any = rendered({ SANTRAL_ANONYMOUS_CALLS: 'any' });
    expect(any('pjsip.conf')).toContain('[anonymous](caller)');
    expect(any('pjsip.conf')).not.toContain('deny');
    const none = rendered({ SANTRAL_ANONYMOUS_CALLS: 'none' });
    expect(none('pjsip.conf')).not.toContain('[anonymous]');
    expect(none('modules.conf')).not.toContain('identifier_anonymous');
  });

  test.each<[trunk: string, peers: string, contact: string | undefined, matches: string[]]>([
    ['demo', '', undefined, []],
    ['sip.example.net', '', 'sip:sip.example.net', ['sip.example.net']],
    ['192.0.2.10:5080', '', 'sip:192.0.2.10:5080', ['192.0.2.10']],
    ['[2001:db8::1]:5080', '', 'sip:[2001:db8::1]:5080', ['2001:db8::1']],
    ['sip.example.net', '192.0.2.0/28, 198.51.100.1', 'sip:sip.example.net', ['sip.example.net', '192.0.2.0/28', '198.51.100.1']],
    ['demo', '192.0.2.0/28', undefined, ['192.0.2.0/28']],
  ])('SANTRAL_TRUNK=%s with peers "%s"', (trunk, peers, contact, matches) => {
    const text = rendered({ SANTRAL_TRUNK: trunk, SANTRAL_TRUNK_PEERS: peers })('pjsip.conf');
    expect(/^contact = (.*)$/m.exec(text)?.[1]).toBe(contact);
    expect([...text.matchAll(/^match = (.*)$/gm)].map(([, match]) => match)).toEqual(matches);
    expect(text.includes('[trunk](caller)')).toBe(matches.length > 0);
    // By name anybody could pretend to be the trunk.
    if (matches.length > 0) expect(text).toMatch(/\[trunk\]\(caller\)\ncontext = from-trunk\nidentify_by = ip\n/);
  });

  test('the trunk’s account is given when the provider asks, and registered when told so', () => {
    const account = { SANTRAL_TRUNK: 'sip.example.net:5080', SANTRAL_TRUNK_USER: '902125550000', SANTRAL_TRUNK_PASSWORD: 'pass;word' };
    const asked = rendered(account);
    expect(asked('pjsip.conf')).toMatch(/\[trunk\]\(caller\)\n(?:.+\n)*outbound_auth = trunk-account\n/);
    expect(asked('pjsip.conf')).toMatch(
      /\[trunk-account\]\ntype = auth\nauth_type = userpass\nusername = 902125550000\npassword = pass\\;word\n/,
    );
    expect(asked('pjsip.conf')).not.toContain('registration');
    expect(asked('modules.conf')).not.toContain('outbound_registration');
    const registered = rendered({ ...account, SANTRAL_TRUNK_REGISTER: 'on' });
    expect(registered('pjsip.conf')).toMatch(
      /type = registration\noutbound_auth = trunk-account\nserver_uri = sip:sip\.example\.net:5080\nclient_uri = sip:902125550000@sip\.example\.net:5080\ncontact_user = 902125550000\n/,
    );
    expect(registered('modules.conf')).toContain('load = res_pjsip_outbound_registration.so');
    expect(rendered({ SANTRAL_TRUNK: 'sip.example.net' })('pjsip.conf')).not.toMatch(/outbound_auth|from_user|trunk-account/);
    // A name is no number that could be dialled.
    expect(rendered({ ...account, SANTRAL_TRUNK_USER: 'company', SANTRAL_TRUNK_REGISTER: 'on' })('pjsip.conf')).not.toContain(
      'contact_user',
    );
  });

  test('the inbound path is three steps before the engine has the call', () => {
    const inbound =
      /\[inbound\]\n([\s\S]*?)\n\[/.exec(rendered({ SANTRAL_MAX_CALLS: '7', SANTRAL_MAX_CPS: '3' })('extensions.conf'))?.[1] ?? '';
    expect(inbound.split('\n').slice(0, 3)).toEqual([
      'exten => _[+*#0-9]!,1,MSet(GROUP(calls)=in,GROUP(second)=${EPOCH})',
      ' same => n,GotoIf($[${GROUP_COUNT(in@calls)} > 7 | ${GROUP_COUNT(${EPOCH}@second)} > 3]?shed)',
      ' same => n,Stasis(santral,inbound,${CONTEXT})',
    ]);
  });

  test('the bench’s plain dialplan is there only when asked for', () => {
    expect(rendered()('extensions.conf')).not.toContain('bench');
    expect(rendered()('modules.conf')).not.toContain('app_read');
    expect(rendered({}, true)('extensions.conf')).toMatch(/\[from-anonymous\]\ninclude => bench-plain\n/);
  });

  test.each<[env: Record<string, string>, message: string]>([
    [{ SANTRAL_DATA: '/srv/a,b' }, 'SANTRAL_DATA: the path /srv/a,b/asterisk holds ","'],
    [{ SANTRAL_DATA: `/srv/${'x'.repeat(90)}` }, 'too long for Asterisk'],
    [{ SANTRAL_ARI_APP: 'my app' }, 'SANTRAL_ARI_APP'],
    [{ SANTRAL_ARI_USER: 'a]b' }, 'SANTRAL_ARI_USER'],
    [{ SANTRAL_TRUNK: 'sip:host' }, 'SANTRAL_TRUNK'],
    [{ SANTRAL_TRUNK_PEERS: '192.0.2.1;evil' }, 'SANTRAL_TRUNK_PEERS'],
    [{ SANTRAL_ARI_PASSWORD: 'a\nb' }, 'SANTRAL_ARI_PASSWORD'],
  ])('%o is refused with the setting’s name', (env, message) => {
    expect(() => rendered(env)).toThrow(message);
  });

  test('the templates lie at the top of the project', () => {
    expect(templates.size).toBeGreaterThan(15);
    expect(path.basename(path.dirname(new URL('../../../asterisk-config/x', import.meta.url).pathname))).toBe('asterisk-config');
  });
});
