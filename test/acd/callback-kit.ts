import { newCallback } from '../../src/acd/callback-state.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import { CALLBACK_RULES, type Callback, type CallbackFinding, type CallbackRules } from '../../src/domain/callback.ts';
import type { CallbackId } from '../../src/domain/ids.ts';
import type { E164 } from '../../src/domain/phone-number.ts';
import { callOf, NOON } from './kit.ts';

export const RULES: CallbackRules = { group: 'support', ...CALLBACK_RULES };
export const NUMBER = '+905550000017' as E164;

export function finding(changes: Partial<CallbackFinding> = {}): CallbackFinding & { who: { kind: 'number' } } {
  return {
    id: 'acd_1',
    brand: 'santral' as BrandId,
    group: 'support',
    at: NOON,
    kind: 'abandoned',
    origin: 'queue',
    callId: callOf('first'),
    queue: 'support',
    language: 'tr',
    about: '',
    since: NOON,
    expiresAt: NOON + RULES.expireMs,
    ...changes,
    who: { kind: 'number', number: NUMBER },
  };
}

export function callback(changes: Partial<Callback> = {}): Callback {
  return { ...newCallback('cbk_1' as CallbackId, finding(), '+90 5** *** ** 17'), ...changes };
}
