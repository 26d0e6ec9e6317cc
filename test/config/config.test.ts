import { expect, it } from 'vitest';
import { asteriskName } from '../../src/config/addresses.ts';
import { readConfig } from '../../src/config/config.ts';
import type { SantralError } from '../../src/domain/errors.ts';

const read = (env: Record<string, string>) => readConfig(env, '/');

/** The lines of the refusal, without its heading. */
function problems(env: Record<string, string>): string[] {
  try {
    read(env);
  } catch (error) {
    expect((error as SantralError).code).toBe('config.invalid');
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

it.each([
  ['127.0.0.1', 'http://127.0.0.1:8088'],
  ['192.0.2.7', 'http://192.0.2.7:8088'],
  ['0.0.0.0', 'http://127.0.0.1:8088'],
  ['::1', 'http://[::1]:8088'],
  ['2001:db8::1', 'http://[2001:db8::1]:8088'],
  ['::', 'http://[::1]:8088'],
  ['0:0:0:0:0:0:0:0', 'http://[::1]:8088'],
  ['localhost', 'http://localhost:8088'],
])('what is bound to %s is reached at %s', (host, base) => {
  const { ariBase } = read({ SANTRAL_HOST: host });
  expect(ariBase).toBe(base);
  expect(new URL(ariBase).port).toBe('8088');
});

it('an address of ARI is taken as given, but for a slash at its end', () => {
  expect(read({ SANTRAL_ARI_URL: 'https://pbx.example.net:8089/' }).ariBase).toBe('https://pbx.example.net:8089');
});

it.each<[variable: string, value: string, says: RegExp]>([
  ['SANTRAL_HOST', 'a b', /must be an address/],
  ['SANTRAL_HOST', '300.1.1.1', /must be an address/],
  ['SANTRAL_HOST', '[::1]', /without brackets/],
  ['SANTRAL_HOST', 'http://127.0.0.1', /must be an address/],
  ['SANTRAL_EXTERNAL_ADDRESS', 'a:b', /must be an address/],
  ['SANTRAL_ARI_URL', 'nonsense', /such as http:\/\/127\.0\.0\.1:8088/],
  ['SANTRAL_ARI_URL', 'ws://127.0.0.1:8088', /such as http:/],
  ['SANTRAL_ARI_URL', 'http:/127.0.0.1', /such as http:/],
  ['SANTRAL_ARI_URL', 'http://127.0.0.1:8088/ari', /without \/ari/],
  ['SANTRAL_ARI_USER', 'general', /choose another/],
  ['SANTRAL_ARI_USER', 'a]b', /letters, digits/],
  ['SANTRAL_ARI_APP', 'my app', /letters, digits/],
  ['SANTRAL_ARI_PASSWORD', 'a\nb', /one line/],
  ['SANTRAL_VOICE_URL', 'voice:9000', /such as http:/],
  ['DATABASE_URL', 'mysql://root@localhost/calls', /postgresql:\/\/user:password@host:5432\/database; leave it out to use SQLite/],
  ['DATABASE_URL', 'calls.db', /leave it out to use SQLite/],
  ['SANTRAL_TRUNK', 'sip:host', /without sip: before it/],
  ['SANTRAL_TRUNK', 'host:99999', /host:port/],
  ['SANTRAL_TRUNK', '2001:db8::1', /\[IPv6\]:port/],
  ['SANTRAL_TRUNK_PASSWORD', 'a\nb', /one line/],
  ['SANTRAL_TRUNK_PEERS', '192.0.2.0/28, 192.0.2.1;evil', /^SANTRAL_TRUNK_PEERS: "192\.0\.2\.1;evil" is no address; write/],
  ['SANTRAL_TRUNK_PEERS', '192.0.2.0/33', /write addresses, networks/],
  ['SANTRAL_PINS', 'emergency=4711,night=12', /^SANTRAL_PINS: entry 2 must be name=digits.*\(it is "…"\)$/],
  ['SANTRAL_PINS', 'a=4711,a=4712', /entry 2 must be name=digits: a name of its own/],
  ['SANTRAL_HTTP_PORT', '0', /from 1 to 65535/],
  ['SANTRAL_HTTP_PORT', '99999999999999999999', /from 1 to 65535/],
  ['SANTRAL_VOICE', 'robot', /one of espeak, http, tones/],
  ['SANTRAL_RTP_PORTS', '10000', /two ports with a dash/],
  ['SANTRAL_RTP_PORTS', '20000-10000', /at least 4 ports/],
  ['SANTRAL_ZONE', 'Turkey/Ankara', /IANA zone/],
  ['SANTRAL_BRAND', 'Şirket A', /lower-case letters/],
  ['SANTRAL_SESSION_KEY', 'short', /at least 16/],
  ['SANTRAL_NOTHING', '1', /there is no such setting/],
])('%s=%s is refused with its name and what to write', (variable, value, says) => {
  const found = problems({ [variable]: value });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(new RegExp(`^${variable}: `));
  expect(found[0]).toMatch(says);
});

it('a secret is not repeated in the refusal', () => {
  expect(problems({ DATABASE_URL: 'mysql://root:hunter2@localhost/calls' })[0]).not.toContain('hunter2');
});

it.each<[env: Record<string, string>, says: RegExp]>([
  [{ SANTRAL_VOICE: 'http' }, /^SANTRAL_VOICE_URL: is needed, because SANTRAL_VOICE is http\. Set it/],
  [{ SANTRAL_HTTP_PORT: '8088' }, /^SANTRAL_HTTP_PORT and SANTRAL_ARI_PORT are the same port, 8088\. Choose another/],
  [{ SANTRAL_SIP_PORT: '8080' }, /^SANTRAL_HTTP_PORT and SANTRAL_SIP_PORT are the same port, 8080\. Choose another/],
  [{ SANTRAL_SIP_PORT: '10500' }, /^SANTRAL_SIP_PORT: 10500 is one of SANTRAL_RTP_PORTS \(10000-10999\)\. Choose/],
  [{ SANTRAL_TRUNK_USER: '100', SANTRAL_TRUNK_PASSWORD: 'x' }, /^SANTRAL_TRUNK: is demo, which has no account\. Set it/],
  [{ SANTRAL_TRUNK: 'sip.example.net', SANTRAL_TRUNK_USER: '100' }, /^SANTRAL_TRUNK_PASSWORD: is needed with SANTRAL_TRUNK_USER\. Set it/],
  [{ SANTRAL_TRUNK: 'sip.example.net', SANTRAL_TRUNK_PASSWORD: 'x' }, /^SANTRAL_TRUNK_USER: is needed with .* Set it/],
  [{ SANTRAL_TRUNK: 'sip.example.net', SANTRAL_TRUNK_REGISTER: 'on' }, /^SANTRAL_TRUNK_USER: is needed with .* Set it/],
])('%o: what does not go together is refused', (env, says) => {
  const found = problems(env);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(says);
});

it('the ports of an Asterisk elsewhere are no business of ours', () => {
  expect(problems({ SANTRAL_ASTERISK: 'external', SANTRAL_HTTP_PORT: '8088', SANTRAL_SIP_PORT: '10500' })).toEqual([]);
});

it('all problems are told together', () => {
  const env = { SANTRAL_HOST: 'a b', SANTRAL_ARI_URL: 'nonsense', SANTRAL_VOICE: 'http', SANTRAL_SIP_PORT: '8080', SANTRAL_NOTHING: '1' };
  expect(problems(env).map((line) => line.split(/[: ]/)[0])).toEqual([
    'SANTRAL_HOST',
    'SANTRAL_ARI_URL',
    'SANTRAL_VOICE_URL',
    'SANTRAL_HTTP_PORT',
    'SANTRAL_NOTHING',
  ]);
});

it('what is empty counts as not given', () => {
  expect(read({ SANTRAL_ARI_URL: '', DATABASE_URL: '', SANTRAL_TRUNK_PEERS: '' })).toEqual(read({}));
});

it.each<[env: Record<string, string>, says: RegExp]>([
  [{ SANTRAL_SMS: 'http' }, /^SANTRAL_SMS_URL: is needed/],
  [{ SANTRAL_SMS: 'smpp', SANTRAL_SMS_URL: 'smpp://smsc.example' }, /^SANTRAL_SMPP_USER: is needed/],
  [{ SANTRAL_SMS: 'http', SANTRAL_SMS_URL: 'smpp://smsc.example:2775' }, /^SANTRAL_SMS_URL: does not fit SANTRAL_SMS=http.*https:/],
  [{ SANTRAL_SMS_URL: 'sms.example' }, /must be an address such as https:/],
  [{ SANTRAL_SMS_HEADERS: 'authorization: x' }, /^SANTRAL_SMS_HEADERS: must be JSON/],
  [{ SANTRAL_SMS_HEADERS: '{"a b": "x"}' }, /^SANTRAL_SMS_HEADERS: must be JSON/],
  [{ SANTRAL_SMS_FROM: 'longer than eleven' }, /up to 11 letters/],
  [{ SANTRAL_SMTP_URL: 'http://mail.example' }, /such as smtp:.*it is "…"/],
])('of messages, %j is refused with what to do', (env, says) => {
  expect(problems(env).some((line) => says.test(line))).toBe(true);
});

it('a whole SMS gateway, and an SMSC, are taken', () => {
  const url = 'https://sms.example/send?to={{digits}}';
  expect(read({ SANTRAL_SMS: 'http', SANTRAL_SMS_URL: url }).smsUrl).toBe(url);
  const smpp = { SANTRAL_SMS: 'smpp', SANTRAL_SMS_URL: 'ssmpp://smsc.example', SANTRAL_SMPP_USER: 'a', SANTRAL_SMPP_PASSWORD: 'b' };
  expect(read(smpp).sms).toBe('smpp');
});

it.each([
  [{}, 'one http://127.0.0.1:8088 santral'],
  [{ SANTRAL_HOST: '::1' }, 'one http://[::1]:8088 santral'],
  [{ SANTRAL_HOST: '192.0.2.7' }, 'http://192.0.2.7:8088 santral'],
  [{ SANTRAL_ARI_APP: 'other' }, 'one http://127.0.0.1:8088 other'],
])('the Asterisk of %j is told apart from those of other engines on the database', (env: Record<string, string>, name) => {
  expect(asteriskName(read(env), 'one')).toBe(name);
});
