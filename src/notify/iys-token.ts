import type { Dispatcher } from 'undici';
import { pauseAfter } from '../domain/back-off.ts';
import type { RegistryTrouble } from '../ports/consent-registry.ts';
import { exchange, mayPass } from './exchange.ts';
import { tokenShape } from './iys-words.ts';
import { parseJson } from './parse-json.ts';

export interface IysAccount {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

export type Token = { readonly kind: 'token'; readonly token: string } | RegistryTrouble;

export interface Tokens {
  /** One token for all who ask; asked for once, however many wait for it. */
  get(signal: AbortSignal): Promise<Token>;
  /** The registry does not take it any more. */
  drop(token: string): void;
}

interface Held {
  readonly access: string;
  readonly until: number;
  readonly refresh: string | null;
  readonly refreshUntil: number;
}

/** A token is renewed so long before it runs out: what is sent with it must still arrive. */
const MARGIN_MS = 60_000;
/** Wrong credentials are not tried again before this is over: they lock accounts. */
const REFUSED_MS = 600_000;
const MAX_BYTES = 65_536;
const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

/** The registry gives few tokens in a time: each is used until it runs out, then renewed, and failures are waited out. */
export function iysTokens(
  { url, user, password }: IysAccount,
  { dispatcher, now, random }: { readonly dispatcher: Dispatcher; readonly now: () => number; readonly random: () => number },
): Tokens {
  let held: Held | null = null;
  let failures = 0;
  let closed: { readonly until: number; readonly trouble: RegistryTrouble } | null = null;
  let asking: Promise<Token> | null = null;

  async function ask(signal: AbortSignal): Promise<Token> {
    const refresh = held !== null && held.refresh !== null && held.refreshUntil > now() + MARGIN_MS ? held.refresh : null;
    const body =
      refresh === null ? { username: user, password, grant_type: 'password' } : { refresh_token: refresh, grant_type: 'refresh_token' };
    const wanted = {
      url: `${url}/oauth2/token`,
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(body),
      maxBytes: MAX_BYTES,
    } as const;
    const answer = await exchange(dispatcher, wanted, signal, now);
    const parsed = answer.kind === 'answer' && answer.status === 200 ? tokenShape.safeParse(parseJson(answer.text)) : null;
    if (parsed?.success === true) return keep(parsed.data);
    // A refresh token that is not taken is no fault of the account: the password is asked for instead.
    if (refresh !== null && answer.kind === 'answer' && !mayPass(answer.status)) {
      held = null;
      return ask(signal);
    }
    failures += 1;
    if (answer.kind === 'answer' && parsed === null && !mayPass(answer.status)) {
      const reason = `the registry gives no token (${answer.status}): check SANTRAL_IYS_USER and SANTRAL_IYS_PASSWORD`;
      return close({ kind: 'refused', reason }, REFUSED_MS);
    }
    const wished = answer.kind === 'answer' ? answer.retryAfterMs : undefined;
    const afterMs = pauseAfter(failures, random(), wished);
    const what =
      answer.kind === 'failed' ? answer.reason : parsed === null ? `answered ${answer.status}` : 'gave a token that cannot be read';
    return close({ kind: 'later', reason: `the registry's token endpoint ${what}`, unsure: false, afterMs }, afterMs);
  }

  function keep({ access_token: access, refresh_token: refresh, expires_in: seconds, refresh_expires_in: more }: TokenAnswer): Token {
    const at = now();
    held = {
      access,
      until: at + seconds * 1000 - Math.min(MARGIN_MS, seconds * 500),
      refresh: refresh ?? null,
      refreshUntil: at + more * 1000,
    };
    failures = 0;
    closed = null;
    return { kind: 'token', token: access };
  }

  function close(trouble: RegistryTrouble, ms: number): Token {
    closed = { until: now() + ms, trouble };
    return trouble;
  }

  return {
    get(signal) {
      if (held !== null && held.until > now()) return Promise.resolve({ kind: 'token', token: held.access });
      if (closed !== null && closed.until > now()) return Promise.resolve(closed.trouble);
      asking ??= ask(signal).finally(() => {
        asking = null;
      });
      return asking;
    },
    drop(token) {
      if (held?.access === token) held = { ...held, until: 0 };
    },
  };
}
type TokenAnswer = ReturnType<typeof tokenShape.parse>;
