import type { TFunction } from 'i18next';

/** What the engine tells agents besides calls and states. */
const KNOWN = [
  'dial-busy',
  'dial-no-answer',
  'dial-rejected',
  'dial-invalid-number',
  'dial-congestion',
  'dial-failed',
  'dial-unknown',
] as const;

/** A notice in the user's language. */
export function noticeText(t: TFunction, code: string): string {
  const told = KNOWN.find((known) => known === code);
  return told === undefined ? t('agent.notice.other', { code }) : t(`agent.notice.${told}`);
}
