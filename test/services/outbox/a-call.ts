import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { Call } from '../../../src/domain/call.ts';
import { systemIds } from '../../../src/system-clock.ts';

export function newCall(now: number): Call {
  return {
    id: systemIds.next('call'),
    brand: DEFAULT_BRAND,
    direction: 'inbound',
    state: 'open',
    did: '1000',
    ani: '+905550000017',
    flow: 'main-menu',
    release: 1,
    language: 'tr',
    sessionId: systemIds.next('session'),
    channelId: 'chan-1',
    startedAt: now,
    answeredAt: null,
    endedAt: null,
    termination: null,
  };
}
