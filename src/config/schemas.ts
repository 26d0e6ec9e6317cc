import { z } from 'zod';
import { parseBrandId } from '../domain/brand.ts';
import { isHost, isPeer, parseHostPort } from './addresses.ts';

/** How the text of a variable becomes a value. Each message says what to write instead. */

export const text = z.string();
export const optionalText = z.string().optional();
/** A value that goes into Asterisk's files, where a line is a setting. */
export const optionalLine = z
  .string()
  .regex(/^\P{Cc}*$/u, 'must be one line without control characters')
  .optional();
/** A number of İYS: digits, of which the first may be a zero. */
export const iysCode = z
  .string()
  .regex(/^\d{1,12}$/, 'must be digits')
  .optional();
export const sessionKey = z.string().min(16, 'must have at least 16 characters').optional();

/** `emergency=4711, night=0815`: PINs by name. What is wrong is told by its place, never by its text. */
export const pins = z
  .string()
  .superRefine((value, context) => {
    const names = new Set<string>();
    for (const [i, [name, pin]] of splitPins(value).entries()) {
      if (!/^[a-z][a-z0-9-]{0,39}$/.test(name) || !/^\d{4,32}$/.test(pin) || names.has(name))
        context.addIssue({
          code: 'custom',
          message: `entry ${i + 1} must be name=digits: a name of its own in small letters, digits and dashes, and 4 to 32 digits`,
        });
      names.add(name);
    }
  })
  .optional();

/** The members of SANTRAL_PINS. */
export function splitPins(value: string): (readonly [name: string, pin: string])[] {
  return value
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '')
    .map((member) => {
      const at = member.indexOf('=');
      return at < 0 ? [member, ''] : [member.slice(0, at).trim(), member.slice(at + 1).trim()];
    });
}

export const whole = (min: number, max: number) =>
  z
    .string()
    .refine((value) => /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max, `must be a whole number from ${min} to ${max}`)
    .transform(Number) as unknown as z.ZodType<number, string | undefined>;
export const port = whole(1, 65_535);

export const choice = <const C extends readonly [string, ...string[]]>(choices: C) =>
  z.enum(choices, `must be one of ${choices.join(', ')}`) as unknown as z.ZodType<C[number], string | undefined>;

export const zone = z.string().refine(isZone, 'must be an IANA zone such as Europe/Istanbul');

export const brand = z.string().transform((value, context) => {
  const id = parseBrandId(value);
  if (id === undefined) {
    context.addIssue({ code: 'custom', message: 'must be 1 to 40 lower-case letters, digits and dashes' });
    return z.NEVER;
  }
  return id;
});

export const portRange = z
  .string()
  .regex(/^\d+-\d+$/, 'must be two ports with a dash, such as 10000-10999')
  .transform((value) => {
    const [from, to] = value.split('-').map(Number) as [number, number];
    return { from, to };
  })
  .refine(({ from, to }) => from >= 1024 && to <= 65_535 && to - from >= 3, 'must lie within 1024-65535 and hold at least 4 ports');

const HOST = 'must be an address such as 192.0.2.1 or ::1 (without brackets), or a host name';
export const host = z.string().refine(isHost, HOST);
export const optionalHost = host.optional();

export const trunk = z
  .string()
  .refine(
    (value) => value === 'demo' || parseHostPort(value) !== undefined,
    'must be the trunk’s host, host:port or [IPv6]:port, such as sip.example.net:5060, without sip: before it; or demo',
  );

export const trunkUser = z
  .string()
  .regex(/^[a-zA-Z0-9._+~*-]+$/, 'must be the account’s name alone (letters, digits, . _ + ~ * -), without sip: and without @host')
  .optional();

export const peers = z.string().superRefine((value, context) => {
  const wrong = splitPeers(value).filter((peer) => !isPeer(peer));
  if (wrong.length === 0) return;
  const which = wrong.map((peer) => `"${peer}"`).join(', ');
  context.addIssue({
    code: 'custom',
    message: `${which} ${wrong.length === 1 ? 'is' : 'are'} no address; write addresses, networks such as 192.0.2.0/28, or host names, with commas between`,
  });
});

/** The members of SANTRAL_TRUNK_PEERS. */
export function splitPeers(value: string): string[] {
  return value
    .split(',')
    .map((peer) => peer.trim())
    .filter((peer) => peer !== '');
}

/** A number as a trunk takes it for the caller's. */
export const callerId = z
  .string()
  .regex(/^\+?\d{3,15}$/, 'must be a number of 3 to 15 digits, such as +902125550010')
  .optional();

/** A name that Asterisk's files and URLs can carry. */
export const word = (taken: readonly string[] = []) =>
  z
    .string()
    .regex(/^[a-zA-Z0-9_.-]+$/, 'may hold letters, digits, dots, dashes and underscores only')
    .refine(
      (value) => !taken.includes(value),
      `may not be ${taken.join(' or ')}, which has a meaning of its own in Asterisk’s files; choose another`,
    );

/** An http(s) URL; a slash at its end is dropped. `without`: an end that users add by mistake. */
export const httpUrl = (example: string, { without }: { readonly without?: string } = {}) =>
  z
    .string()
    .refine(isHttpUrl, `must be an address such as ${example}`)
    .transform((value) => value.replace(/\/+$/, ''))
    .refine((value) => without === undefined || !value.endsWith(without), `must be written without ${without} at its end`)
    .optional();

export const databaseUrl = z
  .string()
  .refine(
    (value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value),
    'must look like postgresql://user:password@host:5432/database; leave it out to use SQLite',
  )
  .optional();

function isZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

function isHttpUrl(value: string): boolean {
  if (!URL.canParse(value) || /\s/.test(value)) return false;
  const { protocol, hostname, hash } = new URL(value);
  return /^https?:\/\//.test(value) && protocol.startsWith('http') && hostname !== '' && hash === '';
}

/** A URL with user and password in it, of one of these protocols. */
export const serviceUrl = (example: string, protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol) && new URL(value).hostname !== '',
      `must be an address such as ${example}`,
    )
    .optional();

/** Headers of a request as JSON: {"authorization": "Bearer {{token}}"}. */
export const headers = z
  .string()
  .refine(
    (value) => headerMap.safeParse(parseJson(value)).success,
    'must be JSON such as {"authorization": "Bearer {{token}}"}, with header names as keys',
  );
const headerMap = z.record(z.string().regex(/^[A-Za-z0-9-]{1,60}$/), z.string());

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an SMS can name as its sender. */
export const smsSender = z
  .string()
  .regex(/^(?:[A-Za-z0-9 .&-]{1,11}|\+?\d{3,15})?$/, 'must be up to 11 letters and digits, or a number, as the provider has registered it');
