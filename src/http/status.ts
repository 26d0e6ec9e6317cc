import type { ErrorCode } from '../domain/errors.ts';

/** Codes of the set-up steps never reach a request. */
type SetupCode = Extract<ErrorCode, `setup.${string}`>;

/** The HTTP status of each code. A new code must take its place here: the compiler asks for it. */
const STATUS_OF: { readonly [C in Exclude<ErrorCode, SetupCode>]: number } = {
  'config.invalid': 500,
  'telephony.gone': 409,
  'telephony.conflict': 409,
  'telephony.not-usable': 409,
  'telephony.refused': 502,
  'telephony.timeout': 504,
  'telephony.disconnected': 503,
  'telephony.unauthorized': 503,
  'store.newer-schema': 503,
  'store.busy': 503,
  'store.full': 507,
  'store.unavailable': 503,
  'store.conflict': 409,
  'flow.invalid': 422,
  'flow.scenarios-failed': 422,
  'flow.unknown': 404,
  'survey.unknown': 404,
  'survey.link-invalid': 404,
  'survey.link-expired': 410,
  'survey.link-used': 410,
  'form.unknown': 404,
  'form.token-invalid': 403,
  'form.token-expired': 410,
  'form.token-used': 410,
  'form.too-soon': 429,
  'call.not-allowed': 409,
  'callback.window': 409,
  'speech.failed': 502,
  'recording.unreadable': 422,
  'audio.not-audio': 422,
  'audio.damaged': 422,
  'audio.too-short': 422,
  'audio.too-long': 422,
  'audio.silent': 422,
  'audio.clipped': 422,
  'audio.no-converter': 503,
  'request.invalid': 400,
  'request.unauthenticated': 401,
  'request.forbidden': 403,
  'request.not-found': 404,
  'request.conflict': 409,
  'request.too-many': 429,
  'request.too-large': 413,
  'request.unsupported-type': 415,
  'auth.bad-credentials': 401,
  'auth.password-change-required': 403,
  'auth.weak-password': 422,
  'agent.not-now': 409,
  'agent.no-profile': 409,
  'engine.not-ready': 503,
  internal: 500,
};

export function statusOf(code: ErrorCode): number {
  return code in STATUS_OF ? STATUS_OF[code as Exclude<ErrorCode, SetupCode>] : 500;
}
