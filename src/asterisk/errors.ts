import { type ErrorCode, SantralError } from '../domain/errors.ts';
import type { OperationName } from './operations.ts';
import type { AriReply } from './transport.ts';

/**
 * What a refusal means. Asterisk also says 400 for a missing channel where the channel is a parameter (addChannel) and
 * 422 for one that is not in Stasis, so those go by operation.
 */
function codeOf(operation: OperationName, status: number): ErrorCode {
  if (operation === 'bridges.addChannel' || operation === 'bridges.removeChannel') {
    if (status === 400) return 'telephony.gone';
    if (status === 422) return 'telephony.conflict';
  }
  switch (status) {
    case 401:
    case 403:
      return operation.startsWith('asterisk.') && status === 403 ? 'telephony.refused' : 'telephony.unauthorized';
    case 404:
      return 'telephony.gone';
    case 409:
      return 'telephony.conflict';
    case 412:
      return 'telephony.not-usable';
    default:
      return 'telephony.refused';
  }
}

/** The error of a reply with status 300 or more. `subject` is an id, never a number that is dialled. */
export function errorOfReply(operation: OperationName, subject: string, reply: AriReply): SantralError {
  const said = messageOf(reply.body);
  const about = subject === '' ? '' : ` of ${subject}`;
  return new SantralError(codeOf(operation, reply.status), `Asterisk refused ${operation}${about}: ${said} (${reply.status})`, {
    details: { operation, status: reply.status },
  });
}

/** Asterisk's own words: `{"message": …}`, `{"error": …}` (originate), or an HTML page of its HTTP server. */
export function messageOf(body: unknown): string {
  if (typeof body === 'object' && body !== null) {
    const { message, error } = body as { readonly message?: unknown; readonly error?: unknown };
    if (typeof message === 'string') return message;
    if (typeof error === 'string') return error;
  }
  if (typeof body !== 'string' || body === '') return 'no reason given';
  const paragraph = /<p>(.*?)<\/p>/s.exec(body)?.[1];
  return (paragraph ?? body).slice(0, 200);
}

export function timedOut(operation: OperationName, timeoutMs: number, sent: boolean): SantralError {
  const what = sent ? 'whether it was carried out is unknown' : 'it was not sent';
  return new SantralError('telephony.timeout', `Asterisk did not answer ${operation} within ${timeoutMs} ms; ${what}`, {
    details: { operation, sent },
  });
}

export function disconnected(why: string, cause?: unknown): SantralError {
  return new SantralError('telephony.disconnected', why, cause === undefined ? {} : { cause });
}

/** A network error in plain words, with the address. */
export function unreachable(origin: string, error: unknown): SantralError {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const inner = error instanceof AggregateError ? (error.errors[0] as Error | undefined) : undefined;
  const why = REASONS[code] ?? inner?.message ?? (error instanceof Error ? error.message : String(error));
  return disconnected(`Asterisk is not reachable at ${origin} (${why})`, error);
}

const REASONS: { readonly [code: string]: string } = {
  ECONNREFUSED: 'connection refused: it is not running, or on another port',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'no answer',
  ENOTFOUND: 'no such host',
  EHOSTUNREACH: 'no route to the host',
  UND_ERR_CONNECT_TIMEOUT: 'no answer',
  UND_ERR_SOCKET: 'the connection was cut',
};

export function unauthorized(origin: string, user: string): SantralError {
  return new SantralError(
    'telephony.unauthorized',
    `Asterisk at ${origin} refused the password of the ARI user "${user}". Render asterisk-config again, or set SANTRAL_ARI_PASSWORD.`,
  );
}
