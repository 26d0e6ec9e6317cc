/**
 * The catalogue of Santral's errors. An exception is a broken promise and always carries one of these codes;
 * expected outcomes are data instead. Every line: what happened, and what to do about it.
 */
export const ERROR_CODES = {
  'config.invalid': 'A setting is missing or has a value that cannot be used. The message names it.',
  'setup.asterisk-missing': 'No Asterisk could be provided on this machine. The message says what to do.',
  'setup.asterisk-failed': 'Asterisk was provided but did not start. The message quotes its last lines.',
  'setup.engine-failed': 'The engine ended before it was ready. Its last lines say why.',
  'setup.port-in-use': 'Another program uses a port. Stop it, or choose another port by the setting that is named.',
  'setup.data-unwritable': 'The data directory cannot be written. Make it writable, or choose another by SANTRAL_DATA.',
  'telephony.gone': 'The channel, bridge or playback is no longer there (normal after a hang-up).',
  'telephony.conflict': 'The id is in use, or the channel is not under the engine’s control.',
  'telephony.not-usable': 'The leg cannot do this yet (not up).',
  'telephony.refused': 'Asterisk refused the command. The message carries its reason.',
  'telephony.timeout': 'Asterisk did not answer the command in time; whether it was carried out is unknown.',
  'telephony.disconnected': 'There is no connection to Asterisk. The engine keeps trying.',
  'telephony.unauthorized': 'Asterisk refused the engine’s password. Render asterisk-config again, or set SANTRAL_ARI_PASSWORD.',
  'store.newer-schema': 'The database was written by a newer Santral. Start that version, or restore a backup.',
  'store.busy': 'The database stayed locked by another process.',
  'store.full': 'The disk of the database is full or read-only.',
  'store.unavailable': 'The database cannot be reached.',
  'store.conflict': 'The row was changed by somebody else, or exists already.',
  'flow.invalid': 'The flow has problems. `santral flow check` lists them.',
  'flow.scenarios-failed': 'A scenario of a flow goes otherwise than written. `santral flow test` tells where.',
  'flow.unknown': 'There is no flow of that name.',
  'survey.unknown': 'There is no survey of that name. GET /api/v1/surveys lists them.',
  'survey.link-invalid': 'The link leads to no survey: it was cut or changed, or was never made here.',
  'survey.link-expired': 'The link to the survey has expired. Ask for a new one.',
  'survey.link-used': 'The survey behind this link was answered already; each link works once.',
  'form.unknown': 'There is no web form of that name. flows/forms.yaml defines them.',
  'form.token-invalid': 'The form was not opened here, or by a page of another origin. Load the page again.',
  'form.token-expired': 'The form was open for too long. Load the page again.',
  'form.token-used': 'The form was sent already; each opening is good for one sending.',
  'form.too-soon': 'The form was sent sooner than anybody fills it in. Wait a few seconds and send it again.',
  'call.not-allowed': 'The person may not be called: they never want to be contacted, refused, or did not agree. The message says which.',
  'callback.window': 'Nobody of the group is called back at this hour. `reason` says from when on they are.',
  'speech.failed': 'The text could not be turned into audio.',
  'recording.unreadable': 'The recording is damaged, or was sealed with another key than SANTRAL_SESSION_KEY is now.',
  'audio.not-audio': 'The file is no WAV, MP3 or Ogg. Bring a recording in one of these forms.',
  'audio.damaged': 'The file is sound, but damaged or cut off. Save it anew.',
  'audio.too-short': 'There is hardly anything to hear in the recording.',
  'audio.too-long': 'The recording is longer than a prompt may be. The message names the limit.',
  'audio.silent': 'The recording is silent. Record it with the microphone switched on.',
  'audio.clipped': 'The recording was made too loud and sounds torn. Record it with less gain.',
  'audio.no-converter': 'The program that reads this kind of file is not installed. The message names its package; WAV needs none.',
  'request.invalid': 'The request does not fit its schema. The message names the field.',
  'request.unauthenticated': 'Log in, or send a bearer token.',
  'request.forbidden': 'Your role does not allow this.',
  'request.not-found': 'There is nothing at this address.',
  'request.conflict': 'The thing was changed meanwhile, or exists already.',
  'request.too-many': 'Too many requests. Wait and try again.',
  'request.too-large': 'The request is larger than its limit.',
  'request.unsupported-type': 'The body has a content type that is not taken here. The API’s documentation names those that are.',
  'auth.bad-credentials': 'User name or password is wrong.',
  'auth.password-change-required': 'The one-time password must be replaced before anything else.',
  'auth.weak-password': 'The new password is too short or the same as the old one.',
  'agent.not-now': 'Your state, or that of the call on your line, does not allow this at the moment. The message says which.',
  'agent.no-profile': 'This user is no agent. A supervisor makes one: PUT /api/v1/agents/:id.',
  'engine.not-ready': 'The engine, Asterisk or the database is not ready. Try again shortly.',
  internal: 'A fault of Santral’s own. The log has the details.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** An error of the catalogue. `message` is for people and names the place; `details` is for programs and never holds secrets. */
export class SantralError extends Error {
  readonly code: ErrorCode;
  readonly details: { readonly [key: string]: unknown };

  constructor(code: ErrorCode, message: string, options: { details?: { readonly [key: string]: unknown }; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SantralError';
    this.code = code;
    this.details = options.details ?? {};
  }
}

export function hasCode(error: unknown, ...codes: readonly ErrorCode[]): error is SantralError {
  return error instanceof SantralError && codes.includes(error.code);
}
