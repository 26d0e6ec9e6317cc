import type { BrandId } from './brand.ts';
import type { AuditId } from './ids.ts';
import type { ValueMap } from './value.ts';

/** Everything that is noted with who did it. */
export const AUDITED = [
  'recording-put',
  'recording-removed',
  'switch-set',
  'switch-pin-set',
  'switch-pin-wrong',
  'scenarios-skipped',
  'appointment-moved',
  'appointment-cancelled',
  'import-published',
  'list-removed',
  'match-settings-set',
  'match-shown',
  'match-question',
  'match-verified',
  'match-refused',
  'match-locked',
  'match-dismissed',
  'match-customer-read',
  'dial-asked',
  'call-recording-heard',
  'call-recording-removed',
  'call-recording-expired',
  'call-listened',
  'registry-replayed',
  'registry-unread',
] as const;
export type Audited = (typeof AUDITED)[number];

/** Who changed what, when, and by which way. Never changed, never removed. */
export interface AuditEntry {
  readonly id: AuditId;
  readonly brand: BrandId;
  /** UTC ms. */
  readonly at: number;
  /** A user’s name; for the telephone the caller’s number, masked. */
  readonly actor: string;
  readonly via: 'api' | 'phone';
  readonly what: Audited;
  /** The thing: `tr/main.menu`, `emergency`, `main-menu`. */
  readonly subject: string;
  /** No secrets and no whole numbers. */
  readonly details: ValueMap;
}
