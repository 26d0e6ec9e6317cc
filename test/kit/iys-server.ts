import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type Received, startReceiver } from './http-receiver.ts';

/** A record as the register keeps it; times on its own clock, as it writes them. */
export interface IysRecord {
  readonly recipient: string;
  readonly recipientType: string;
  readonly type: string;
  readonly status: string;
  readonly source: string;
  readonly consentDate: string;
}
interface IysChange extends IysRecord {
  readonly creationDate: string;
  readonly transactionId: string;
}
interface Fault {
  readonly code: string;
  readonly message: string;
}

const OFFSET_MS = 3 * 3_600_000;
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const LONGEST_DELAY_MS = 4 * 24 * HOUR_MS;

export const iysDate = (at: number): string => new Date(at + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
const timeOf = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`) - OFFSET_MS;
const keyOf = ({ recipient, recipientType, type }: Pick<IysRecord, 'recipient' | 'recipientType' | 'type'>) =>
  `${recipient}|${recipientType}|${type}`;

/**
 * A register of consents with the rules of the real one: few tokens, tokens that run out, later dates only, no refusal first,
 * nothing twice, requests that are judged after a while, changes by cursor without the last hour.
 */
export async function startIysServer(now: () => number, { tokensPerMinute = 3, tokenSeconds = 7200 } = {}) {
  const records = new Map<string, IysRecord>();
  const changes: { readonly side: 'HS' | 'IYS'; readonly change: IysChange }[] = [];
  const requests = new Map<string, { readonly id: string; readonly record: IysRecord }[]>();
  const judged = new Map<string, object>();
  const tokens = new Map<string, number>();
  const refreshers = new Map<string, number>();
  const tokenTimes: number[] = [];
  const asked: string[] = [];
  /** What happens to the next requests for a path, before the register's own rules: `drop` carries it out and says nothing. */
  const troubles: { readonly path: RegExp; readonly how: number | 'drop' | 'hang'; readonly headers?: Record<string, string> }[] = [];
  const settings = { judges: true, pageSize: 500, password: 'dogru-parola' };

  function put(side: 'HS' | 'IYS', record: IysRecord, at = now()): string {
    const transactionId = randomUUID();
    records.set(keyOf(record), record);
    changes.push({ side, change: { ...record, creationDate: iysDate(at), transactionId } });
    return transactionId;
  }

  function faultOf(record: IysRecord): Fault | undefined {
    const before = records.get(keyOf(record));
    const at = timeOf(record.consentDate);
    if (record.recipient.endsWith('666')) return { code: 'H114', message: `Alıcı ${record.recipient} bulunamadı.` };
    if (at > now()) return { code: 'H156', message: 'ileri tarih' };
    if (at < timeOf('2015-05-01 00:00:00')) return { code: 'H155', message: 'eski tarih' };
    if (now() - at > LONGEST_DELAY_MS) return { code: 'H174', message: '3 iş günü geçti' };
    if (before === undefined) return record.status === 'RET' ? { code: 'H160', message: 'ilk kayıt RET olamaz' } : undefined;
    if (before.status === record.status) return { code: 'H161', message: 'aynı durum' };
    return at <= timeOf(before.consentDate) ? { code: 'H162', message: 'tarih daha eski' } : undefined;
  }

  const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

  function token(response: ServerResponse, body: Record<string, string>): void {
    const at = now();
    if (tokenTimes.filter((one) => one > at - 60_000).length >= tokensPerMinute)
      return json(response, 429, { errors: [{ code: 'H084', message: 'çok fazla jeton isteği' }] }, { 'retry-after': '30' });
    tokenTimes.push(at);
    const good =
      body['grant_type'] === 'password' ? body['password'] === settings.password : (refreshers.get(body['refresh_token'] ?? '') ?? 0) > at;
    if (!good) return json(response, 401, { errors: [{ code: 'H001', message: 'kullanıcı adı ya da parola yanlış' }] });
    const [access, refresh] = [randomUUID(), randomUUID()];
    tokens.set(access, at + tokenSeconds * 1000);
    refreshers.set(refresh, at + 2 * tokenSeconds * 1000);
    json(response, 200, {
      access_token: access,
      refresh_token: refresh,
      expires_in: tokenSeconds,
      refresh_expires_in: 2 * tokenSeconds,
      token_type: 'bearer',
    });
  }

  function judge(): void {
    for (const parts of requests.values())
      for (const [index, { id, record }] of parts.entries()) {
        if (judged.has(id)) continue;
        const fault = faultOf(record);
        const base = { index: index + 1, subrequestId: id };
        judged.set(
          id,
          fault === undefined
            ? { ...base, status: 'success', transactionId: put('HS', record), creationDate: iysDate(now()) }
            : { ...base, status: 'failure', error: fault },
        );
      }
  }

  function page(response: ServerResponse, query: URLSearchParams): void {
    const after = query.get('after');
    const known = changes
      .map((one, place) => ({ ...one, place }))
      .filter(
        ({ side, change }) =>
          side === query.get('source') && timeOf(change.creationDate) > now() - WEEK_MS && timeOf(change.creationDate) <= now() - HOUR_MS,
      );
    if (after !== null && !/^c\d+$/.test(after)) return json(response, 422, { errors: [{ code: 'H601', message: 'after geçersiz' }] });
    const rest = known.filter(({ place }) => after === null || place > Number(after.slice(1))).slice(0, settings.pageSize);
    const last = rest.at(-1);
    json(response, 200, { after: last === undefined ? after : `c${last.place}`, list: rest.map(({ change }) => change) });
  }

  function serve(response: ServerResponse, { method, url, headers, body }: Received): void {
    const { pathname, searchParams } = new URL(url, 'http://iys');
    asked.push(`${method} ${pathname.replace(/^\/sps\/\d+\/brands\/\d+/, '')}`);
    if (pathname === '/oauth2/token') return token(response, JSON.parse(body) as Record<string, string>);
    const bearer = headers.authorization?.replace('Bearer ', '') ?? '';
    if ((tokens.get(bearer) ?? 0) <= now()) return json(response, 401, { errors: [{ code: 'H002', message: 'jeton geçersiz' }] });
    const path = /^\/sps\/1234\/brands\/5678\/consents(.*)$/.exec(pathname)?.[1];
    const [request] = /(?<=^\/request\/).+/.exec(path ?? '') ?? [];
    if (method === 'POST' && path === '') {
      const record = JSON.parse(body) as IysRecord;
      const fault = faultOf(record);
      if (fault !== undefined) return json(response, 422, { errors: [{ ...fault, location: ['consent'] }] });
      return json(response, 200, { transactionId: put('HS', record), creationDate: iysDate(now()) });
    }
    if (method === 'POST' && path === '/request') {
      const all = JSON.parse(body) as IysRecord[];
      if (all.some(({ recipient }) => recipient === '+905550000667')) return json(response, 422, { errors: [{ code: 'H114', index: 1 }] });
      const parts = all.map((record) => ({ id: randomUUID(), record }));
      const requestId = randomUUID();
      requests.set(requestId, parts);
      // In no order: what belongs to what is told by what stands there.
      return json(response, 200, { requestId, subRequests: parts.toReversed().map(({ id, record }) => ({ subrequestId: id, ...record })) });
    }
    if (method === 'GET' && request !== undefined) {
      const parts = requests.get(request);
      if (parts === undefined) return json(response, 404, {});
      if (settings.judges) judge();
      return json(
        response,
        200,
        parts.map(({ id }, index) => judged.get(id) ?? { index: index + 1, subrequestId: id, status: 'enqueue' }),
      );
    }
    if (method === 'POST' && path === '/status') {
      const record = records.get(keyOf(JSON.parse(body) as IysRecord));
      return record === undefined
        ? json(response, 404, { code: 'H301' })
        : json(response, 200, { ...record, creationDate: iysDate(now()) });
    }
    if (method === 'GET' && path === '/changes') return page(response, searchParams);
    json(response, 404, {});
  }

  const receiver = await startReceiver((response, received) => {
    const index = troubles.findIndex(({ path }) => path.test(`${received.method} ${received.url}`));
    const [trouble] = index < 0 ? [] : troubles.splice(index, 1);
    if (trouble === undefined) return serve(response, received);
    if (typeof trouble.how === 'number') return json(response, trouble.how, { errors: [] }, trouble.headers);
    if (trouble.how === 'hang') return undefined;
    // Carried out, and the answer is lost on its way.
    const lost = { writeHead: () => ({ end: () => response.destroy() }) };
    return serve(lost as unknown as ServerResponse, received);
  });
  return {
    url: receiver.url,
    records,
    asked,
    troubles,
    settings,
    tokenTimes,
    received: receiver.received,
    /** What citizens do there by themselves, or other systems send. */
    put,
    recordOf: (recipient: string, type = 'ARAMA', recipientType = 'BIREYSEL') => records.get(keyOf({ recipient, recipientType, type })),
    /** What was taken as a whole and not judged yet is gone. */
    forgetRequests: () => requests.clear(),
    /** No token is good any more. */
    forgetTokens: () => tokens.clear(),
    close: () => receiver.close(),
  };
}
export type IysServer = Awaited<ReturnType<typeof startIysServer>>;
