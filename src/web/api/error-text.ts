import type { TFunction } from 'i18next';
import { codeOf } from './client.ts';

/** Codes a user of the pages can meet, each with a text that says what to do. */
const TOLD = [
  'auth.bad-credentials',
  'auth.weak-password',
  'request.too-many',
  'request.forbidden',
  'request.conflict',
  'request.not-found',
  'request.too-large',
  'flow.invalid',
  'flow.scenarios-failed',
  'flow.unknown',
  'store.conflict',
  'request.unauthenticated',
  'request.conflict',
  'request.invalid',
  'request.too-large',
  'audio.not-audio',
  'audio.damaged',
  'audio.too-short',
  'audio.too-long',
  'audio.silent',
  'audio.clipped',
  'audio.no-converter',
  'speech.failed',
  'store.full',
  'agent.not-now',
  'agent.no-profile',
  'call.not-allowed',
  'callback.window',
  'engine.not-ready',
  'telephony.disconnected',
  'telephony.timeout',
  'web.unreachable',
] as const;

/** An error in the user's language. */
export function errorText(t: TFunction, error: unknown): string {
  return codeText(t, codeOf(error));
}

export function codeText(t: TFunction, code: string): string {
  const told = TOLD.find((known) => known === code);
  return told === undefined ? t('errors.other', { code }) : t(`errors.${told}`);
}
