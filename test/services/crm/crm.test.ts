import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/call.ts';
import { CRM_EVENTS } from '../../../src/domain/crm-event.ts';
import type { CallId, SessionId, UserId } from '../../../src/domain/ids.ts';
import type { Message } from '../../../src/domain/message.ts';
import type { MatchSettings } from '../../../src/ports/matching.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import { createCallEvents } from '../../../src/services/crm/call-events.ts';
import { createClickToCall } from '../../../src/services/crm/click-to-call.ts';
import { toldCall, watchCalls } from '../../../src/services/crm/watch-calls.ts';
import { DEFAULT_SETTINGS } from '../../../src/services/matching/look-up.ts';
import { createNumberTokens } from '../../../src/services/matching/number-tokens.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { countedIds, MATCH_BRAND, TEST_TOKEN_KEYS } from '../../kit/imports.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';

const CALL = 'call_1' as CallId;

describe('other systems hear of calls', () => {
  const at = { url: 'https://crm.example', format: 'santral' } as const;
  function open(settings: Partial<MatchSettings>, fail = false) {
    const told: Message[] = [];
    const events = createCallEvents({
      targets: new Map([
        ['crm', { name: 'crm', ...at, events: CRM_EVENTS }],
        ['desk', { name: 'desk', ...at, format: 'zammad', events: CRM_EVENTS }],
        ['quiet', { name: 'quiet', ...at, events: [] }],
      ]),
      store: { add: async (messages) => (fail ? Promise.reject(new Error('full')) : void told.push(...messages)) },
      wake: () => undefined,
      settings: async () => ({ ...DEFAULT_SETTINGS, ...settings }),
      tokens: createNumberTokens(TEST_TOKEN_KEYS),
      clock: { now: () => 1_790_000_000_000 },
      ids: countedIds(),
      log: silentLog,
    });
    return { told, events };
  }
  const call = { id: CALL, brand: MATCH_BRAND, direction: 'inbound', number: '05321234567', did: '02125550010' } as const;

  it('in the order of the call, each system what it asked for, once', async () => {
    const { told, events } = open({ anonymous: false });
    const agent = { name: 'ayse', queue: 'sales' };
    await Promise.all([events.arrived(call), events.offered(call, agent), events.answered(call, agent), events.ended(call, 'ended')]);
    expect(told.map(({ to, template }) => `${to} ${template}`)).toEqual([
      'crm call.new',
      'desk call.new',
      'crm call.offered',
      'crm call.answered',
      'desk call.answered',
      'crm call.ended',
      'desk call.ended',
    ]);
    expect(new Set(told.filter(({ to }) => to === 'crm').map(({ orderKey }) => orderKey)).size).toBe(1);
    expect(new Set(told.map(({ dedupeKey }) => dedupeKey)).size).toBe(told.length);
    expect(told[2]?.data).toEqual({ direction: 'in', number: '+905321234567', did: '02125550010', agent: 'ayse', queue: 'sales' });
  });

  it.each([
    [{ mode: { kind: 'suffix', digits: 5 } }, { suffix: '34567' }],
    [{ mode: { kind: 'hmac-full' } }, { token: expect.stringMatching(/^[0-9a-f]{32}$/) }],
  ] as const)('of an anonymous brand no more than it keeps itself: %j', async (settings, caller) => {
    const { told, events } = open(settings);
    await events.arrived(call);
    expect(told[0]?.data).toEqual({ direction: 'in', did: '02125550010', ...caller });
    expect(JSON.stringify(told)).not.toContain('1234567');
  });

  it('a full outbox is a line in the log, not a fault of the call', async () => {
    await open({}, true).events.arrived(call);
  });

  it('calls are looked up as they arrive, and forgotten as they end', () => {
    const seen: string[] = [];
    const note = (word: string) => async () => void seen.push(word);
    const matching = {
      arrived: (one: { dealer: string | null }) => void seen.push(`looked up ${one.dealer}`),
      ended: () => void seen.push('forgotten'),
    };
    const watch = watchCalls(matching, { arrived: note('told new'), ended: async (_call, how) => void seen.push(`told ${how}`) });
    const one: Call = {
      id: CALL,
      brand: MATCH_BRAND,
      direction: 'inbound',
      state: 'open',
      did: '1',
      ani: '2',
      flow: 'f',
      release: 1,
      language: 'tr',
      sessionId: 'ses_1' as SessionId,
      channelId: 'c',
      startedAt: 1,
      answeredAt: null,
      endedAt: null,
      termination: null,
    };
    watch.arrived(one, { dealer: 'IST-1' });
    watch.arrived({ ...one, direction: 'outbound' }, {});
    watch.ended({ ...one, termination: { kind: 'caller-hung-up' } });
    watch.dropped(one);
    expect(seen).toEqual(['looked up IST-1', 'told new', 'told new', 'forgotten', 'told cancelled', 'forgotten']);
    expect(toldCall({ ...one, direction: 'outbound' })).toMatchObject({ number: '1', did: '2' });
  });
});

describe('click to call', () => {
  let stores: Stores;
  let now: number;
  let placed: string[];
  beforeEach(async () => {
    stores = await openTemporaryStores();
    now = 1_790_000_000_000;
    placed = [];
  });
  afterEach(() => stores.close());

  function open(
    place = async ({ number }: { number: string }) => {
      placed.push(number);
      return `call_${placed.length}` as CallId;
    },
  ) {
    const desk = createClickToCall({ consents: stores.consents, audit: stores.audit, clock: { now: () => now }, ids: countedIds(), place });
    const agent = { id: 'usr_a' as UserId, name: 'ayse' };
    return (number: string, requestId: string) => desk.dial({ brand: MATCH_BRAND, agent, number, requestId, queue: null });
  }

  it('case D11: clicked twice within a second is one call, also while the first is under way', async () => {
    const dial = open();
    const both = await Promise.all([dial('0532 123 45 67', 'a'), dial('+905321234567', 'b')]);
    expect(both).toEqual([
      { kind: 'placed', callId: 'call_1', again: false },
      { kind: 'placed', callId: 'call_1', again: true },
    ]);
    now += 1000;
    expect(await dial('05321234567', 'c')).toMatchObject({ callId: 'call_1', again: true });
    expect(placed).toEqual(['+905321234567']);
    now += 5000;
    expect(await dial('05321234567', 'a')).toMatchObject({ callId: 'call_1', again: true });
    expect(await dial('05321234567', 'd')).toMatchObject({ callId: 'call_2', again: false });
  });

  it('whom we must not call is not called, and the reason is shown', async () => {
    await stores.consents.setDoNotContact(
      { brand: MATCH_BRAND, recipient: '+905321234567', reason: 'asked us not to', since: now, by: 'ayse' },
      countedIds().next('consent'),
    );
    const dial = open();
    expect(await dial('05321234567', 'a')).toEqual({ kind: 'blocked', reason: 'asked us not to' });
    expect(placed).toEqual([]);
    const [line] = await stores.audit.list({ brand: MATCH_BRAND, limit: 1 });
    expect(line).toMatchObject({ what: 'dial-asked', details: { number: '+90 5** *** ** 67', verdict: 'blocked' } });
  });

  it('what failed is no call: the next click tries again; what is no number is refused', async () => {
    let tries = 0;
    const dial = open(async () => {
      tries += 1;
      if (tries === 1) throw new Error('no line');
      return 'call_9' as CallId;
    });
    await expect(dial('05321234567', 'a')).rejects.toThrow('no line');
    expect(await dial('05321234567', 'a')).toMatchObject({ callId: 'call_9', again: false });
    await expect(dial('112', 'b')).rejects.toMatchObject({ code: 'request.invalid' });
  });
});
