import type { Command } from '../../flow/commands.ts';
import type { ActionContext } from '../../ports/actions.ts';
import type { CallRecord } from './call-record.ts';

type Work = Command & { kind: 'http' | 'action' };

/** The same when work is asked for again after an outage. */
export function idempotencyKey({ call }: Pick<CallRecord, 'call'>, { step, since = step }: Work): string {
  return `${call.sessionId}-${since}`;
}

/** What an action is told of the call it is done for. */
export function actionContext(record: Pick<CallRecord, 'call' | 'session'>, command: Work): Omit<ActionContext, 'signal'> {
  const { id, sessionId, ani, did, direction, brand, language } = record.call;
  const person = direction === 'outbound' ? did : ani;
  const call = { id, sessionId, person, language: record.session?.language ?? language };
  return { brand, call, idempotencyKey: idempotencyKey(record, command) };
}
