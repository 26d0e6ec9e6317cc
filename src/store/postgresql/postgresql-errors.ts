import { DatabaseError } from 'pg';
import { SantralError } from '../../domain/errors.ts';

/** SQLSTATE classes and codes (PostgreSQL manual, appendix A) that mean the server cannot be used now. */
const UNAVAILABLE = /^(08|28|57P0|3D000|53300|53400)/;
const BUSY = /^(40001|40P01|55P03|57014)$/;
const FULL = /^(53100|53200|25006|58030)$/;
/** What Node's sockets and pg's client say when there is no connection; pg has no codes for its own. */
const SOCKET = /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT|EACCES)$/;
const CLIENT =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|The server does not support SSL|Cannot use a pool after calling end)/;

/** The catalogue's error for whatever a query threw; errors of the catalogue pass unchanged. */
export function mapPostgresqlError(error: unknown, place: string): SantralError {
  if (error instanceof SantralError) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const cause = { cause: withoutData(error), details: { postgresql: code ?? null } };
  if (code === '23505') return new SantralError('store.conflict', 'There is such a row already.', cause);
  if (BUSY.test(code ?? '')) {
    return new SantralError('store.busy', `${place} is held up by locks of another program (${code}). Try again.`, cause);
  }
  if (FULL.test(code ?? '')) {
    return new SantralError('store.full', `${place} cannot write: ${message}. Free space on the server; writing goes on by itself.`, cause);
  }
  if (UNAVAILABLE.test(code ?? '') || SOCKET.test(code ?? '') || error instanceof AggregateError || CLIENT.test(message)) {
    return unavailable(place, message, cause);
  }
  // Class 22 quotes the value that does not fit.
  const said = code?.startsWith('22') ? `a value does not fit (${code})` : message;
  return new SantralError('internal', `The store refused a statement: ${said}.`, cause);
}

function unavailable(place: string, message: string, cause: { cause: unknown; details: { postgresql: string | null } }): SantralError {
  const reason = message === '' ? 'no connection' : message;
  return new SantralError(
    'store.unavailable',
    `${place} cannot be reached: ${reason}. Check that the server runs, and DATABASE_URL.`,
    cause,
  );
}

/** PostgreSQL's `detail` and `where` quote whole rows, phone numbers included: they must not reach a log. */
function withoutData(error: unknown): unknown {
  if (error instanceof DatabaseError) {
    error.detail = undefined;
    error.where = undefined;
  }
  return error;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
