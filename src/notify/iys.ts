import { Agent } from 'undici';
import type { ConsentRegistry, RegistryTrouble } from '../ports/consent-registry.ts';
import { type Answer, exchange, mayPass } from './exchange.ts';
import { type IysAccount, iysTokens } from './iys-token.ts';
import {
  addedShape,
  changeFrom,
  changesShape,
  fromRegistryBody,
  judgedOf,
  keyOf,
  plain,
  rejectionOf,
  subRequestOf,
  takenShape,
  toRegistryBody,
} from './iys-words.ts';
import { parseJson } from './parse-json.ts';

export interface IysOptions extends IysAccount {
  /** The service provider's number at the registry, and its brand's. */
  readonly iysCode: string;
  readonly brandCode: string;
  /** How long one request may take. */
  readonly timeoutMs: number;
  readonly now: () => number;
  readonly random: () => number;
}

const CONNECTIONS = 2;
/** Of an answer: a page of changes is the longest. */
const MAX_BYTES = 4_000_000;
export const CHANGES_AT_ONCE = 500;
const STATUS = '/status';
const BAD = 400;
const NO_RECORD = 404;
const UNPROCESSABLE = 422;
const UNREADABLE: RegistryTrouble = { kind: 'later', reason: 'the registry gave an answer that cannot be read', unsure: true };

type Asked = { readonly kind: 'json'; readonly status: number; readonly json: unknown } | RegistryTrouble;

/** İYS, Turkey's register of consents, over its own API (dev.iys.org.tr), as one brand of a service provider. */
export function iysRegistry(options: IysOptions): ConsentRegistry {
  const { url, iysCode, brandCode, timeoutMs, now } = options;
  const dispatcher = new Agent({ connections: CONNECTIONS });
  const tokens = iysTokens(options, { dispatcher, ...options });
  const base = `${url}/sps/${encodeURIComponent(iysCode)}/brands/${encodeURIComponent(brandCode)}/consents`;

  /** A token that is not taken is replaced once. */
  async function ask(method: 'GET' | 'POST', path: string, body: unknown, signal: AbortSignal, isAgain = false): Promise<Asked> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const token = await tokens.get(within);
    if (token.kind !== 'token') return token;
    const headers = { authorization: `Bearer ${token.token}`, accept: 'application/json', 'content-type': 'application/json' };
    const text = body === undefined ? null : JSON.stringify(body);
    const answer = await exchange(dispatcher, { url: base + path, method, headers, body: text, maxBytes: MAX_BYTES }, within, now);
    if (answer.kind === 'answer' && answer.status === 401 && !isAgain) {
      tokens.drop(token.token);
      return ask(method, path, body, signal, true);
    }
    return judge(answer, method, path === STATUS ? [BAD, NO_RECORD] : []);
  }

  return {
    async add(consent, signal) {
      const asked = await ask('POST', '', toRegistryBody(consent), signal);
      if (asked.kind !== 'json') return asked;
      if (asked.status === UNPROCESSABLE) return rejectionOf(asked.json) ?? UNREADABLE;
      const added = addedShape.safeParse(asked.json);
      return added.success ? { kind: 'accepted', reference: added.data.transactionId } : UNREADABLE;
    },
    async addMany(consents, signal) {
      const asked = await ask('POST', '/request', consents.map(toRegistryBody), signal);
      if (asked.kind !== 'json') return asked;
      if (asked.status === UNPROCESSABLE) return { kind: 'faulty' };
      const taken = takenShape.safeParse(asked.json);
      if (!taken.success) return UNREADABLE;
      const named = new Map(taken.data.subRequests.map(subRequestOf).flatMap((one) => (one === undefined ? [] : [[one.key, one.place]])));
      const places = consents.map((consent) => named.get(keyOf(consent)));
      if (places.some((place) => place === undefined)) return UNREADABLE;
      return { kind: 'taken', request: taken.data.requestId, places: places as readonly string[] };
    },
    async poll(request, signal) {
      const asked = await ask('GET', `/request/${encodeURIComponent(request)}`, undefined, signal);
      if (asked.kind !== 'json') return asked;
      if (!Array.isArray(asked.json)) return UNREADABLE;
      const judged = asked.json.map(judgedOf).flatMap((one) => (one === undefined ? [] : [[one.place, one.verdict] as const]));
      return { kind: 'judged', verdicts: new Map(judged) };
    },
    async status({ recipient, recipientType, type }, signal) {
      const asked = await ask('POST', STATUS, { recipient, recipientType, type }, signal);
      if (asked.kind !== 'json') return asked;
      if (asked.status === NO_RECORD) return { kind: 'known', consent: null };
      if (asked.status === UNPROCESSABLE || asked.status === BAD) return unread(rejectionOf(asked.json)?.reason);
      const consent = fromRegistryBody(asked.json);
      if (consent !== undefined) return { kind: 'known', consent };
      // What is no JSON is no answer of the registry's: all others would be like it.
      return asked.json === undefined ? UNREADABLE : unread();
    },
    async changes(side, after, signal) {
      const query = new URLSearchParams({ source: side, limit: String(CHANGES_AT_ONCE), ...(after === null ? {} : { after }) });
      const asked = await ask('GET', `/changes?${query.toString()}`, undefined, signal);
      if (asked.kind !== 'json') return asked;
      if (asked.status === UNPROCESSABLE)
        return { kind: 'refused', reason: rejectionOf(asked.json)?.reason ?? 'the registry refused the cursor' };
      const page = changesShape.safeParse(asked.json);
      if (!page.success) return UNREADABLE;
      const changes = (page.data.list ?? []).map(changeFrom);
      return { kind: 'page', changes, after: page.data.after ?? after, isLast: changes.length === 0 || page.data.after == null };
    },
    close: () => dispatcher.destroy(),
  };
}

function unread(reason = 'its answer cannot be understood') {
  return { kind: 'unread', reason } as const;
}

/** What was not answered well may have been carried out where it changes something. */
function judge(answer: Answer, method: 'GET' | 'POST', alsoGood: readonly number[]): Asked {
  const unsure = method === 'POST';
  if (answer.kind === 'failed') return { kind: 'later', reason: `the registry ${answer.reason}`, unsure };
  const { status, text, retryAfterMs } = answer;
  const json = parseJson(text);
  if ((status >= 200 && status < 300) || status === UNPROCESSABLE || alsoGood.includes(status)) return { kind: 'json', status, json };
  const rejection = rejectionOf(json);
  const reason = plain(`the registry answered ${status}${rejection === undefined ? '' : `, ${rejection.reason}`}`);
  if (!mayPass(status) && status !== 401) return { kind: 'refused', reason };
  return { kind: 'later', reason, unsure: unsure && status >= 500, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
}
