import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { CallId, SessionId } from '../../src/domain/ids.ts';
import type { ActionContext } from '../../src/ports/actions.ts';

/** What an action is told of a call from a fictitious mobile number. */
export function actionContext(changed: Partial<ActionContext> = {}): ActionContext {
  return {
    brand: DEFAULT_BRAND,
    signal: new AbortController().signal,
    call: { id: 'call_1' as CallId, sessionId: 'ses_1' as SessionId, person: '+905550000001', language: 'tr' },
    idempotencyKey: 'ses_1-1',
    ...changed,
  };
}

/** The same on a call of that id. */
export function onCall(id: CallId, brand = DEFAULT_BRAND): ActionContext {
  const { call, ...rest } = actionContext();
  return { ...rest, brand, call: { ...call, id } };
}
