import { describe, expect, it } from 'vitest';
import { nextCallback } from '../../src/acd/callback-state.ts';
import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import { CALLBACK_RULES, type Callback } from '../../src/domain/callback.ts';
import type { AttemptId, CallId, CampaignId, ContactId, ListId, UserId } from '../../src/domain/ids.ts';
import type { E164 } from '../../src/domain/phone-number.ts';
import type { Gate } from '../../src/ports/campaign-store.ts';
import { campaignOf } from '../kit/campaigns.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { ENGINES, storesFor } from './engines.ts';
import { call, id, NOON } from './fixtures.ts';

const BRAND = DEFAULT_BRAND;
const NUMBER = '+905550000017' as E164;
const AGENT = id('user', 1) as UserId;
const LIMIT = { cap: 20, since: NOON - 1 };
const CAMPAIGN = id('campaign', 1) as CampaignId;
const anybody: Gate = {
  campaign: () => ({ kind: 'open', until: null }),
  contact: () => ({ kind: 'call' }),
};
const BUSY_UNTIL = NOON + 60_000;
const whoIsFree: Gate = {
  ...anybody,
  contact: ({ isBusy }) => (isBusy ? { kind: 'wait', until: BUSY_UNTIL, reason: 'cap' } : { kind: 'call' }),
};

function stepped(one: Callback, event: Parameters<typeof nextCallback>[1]): Callback {
  const step = nextCallback(one, event, { group: one.group, ...CALLBACK_RULES }, NOON);
  if (step.kind === 'ignored') throw new Error(`${event.kind} was ignored`);
  return step.callback;
}

describe.each(ENGINES)('one telephone on $name', ({ place }) => {
  const at = storesFor(place);
  const store = () => at.stores.callbacks;

  /** Promised by that group, and an agent is asked. */
  async function reserved(group: string, n: number, number = NUMBER): Promise<Callback> {
    const one = await store().found({
      ...{ id: id('acdEvent', n), brand: BRAND, group, at: NOON, kind: 'abandoned', origin: 'queue', callId: id('call', 50 + n) as CallId },
      ...{ queue: group, language: 'tr', about: '', since: NOON, expiresAt: NOON + 86_400_000, who: { kind: 'number', number } },
    });
    if (one === null) throw new Error('nobody is to be called');
    const now = stepped(one, { kind: 'reserve', agent: AGENT, callId: id('call', n) as CallId });
    expect(await store().move(now, { event: 'reserve', by: AGENT })).toBe(true);
    return now;
  }
  const dialling = (one: Callback): Callback => stepped(one, { kind: 'dial', callId: one.callId as CallId });
  const dial = (one: Callback) => store().dial(dialling(one), { event: 'dial', by: AGENT }, LIMIT);

  it('rings for one group at a time, and for both in turn', async () => {
    const [support, sales] = [await reserved('support', 1), await reserved('sales', 2)];
    expect(await dial(support)).toBe('dials');
    expect(await dial(sales)).toBe('busy');
    expect(await store().attempts(sales.id)).toEqual([]);
    expect(await dial(await reserved('support', 3, '+905550000018' as E164))).toBe('dials');
    const ended = stepped(dialling(support), { kind: 'ended', callId: support.callId as CallId, outcome: 'no-answer' });
    expect(await store().move(ended, { event: 'ended', by: 'engine' }, 'no-answer')).toBe(true);
    expect(await dial(sales)).toBe('dials');
  });

  it('rings for one of two groups that begin at the same moment', async () => {
    const both = [await reserved('support', 1), await reserved('sales', 2)];
    expect((await Promise.all(both.map(dial))).sort()).toEqual(['busy', 'dials']);
  });

  it('does not ring while another group talks with them', async () => {
    const [support, sales] = [await reserved('support', 1), await reserved('sales', 2)];
    expect(await dial(support)).toBe('dials');
    const callId = support.callId as CallId;
    const under = { legs: [], session: null, entries: [] };
    await at.stores.calls.commit({ ...under, call: call(1, { id: callId, direction: 'outbound' }) });
    await store().served({
      ...{ brand: BRAND, groups: ['support'], names: ['support'], number: NUMBER, callId, how: 'served-outbound', agent: AGENT, at: NOON },
    });
    expect(await dial(sales)).toBe('busy');
    const over = { state: 'ended', endedAt: NOON + 9, termination: { kind: 'caller-hung-up' } } as const;
    await at.stores.calls.commit({ ...under, call: call(1, { id: callId, direction: 'outbound', ...over }) });
    expect(await dial(sales)).toBe('dials');
  });

  async function campaign() {
    await at.stores.campaigns.create(campaignOf({ id: CAMPAIGN, lists: [id('list', 1) as ListId] }));
    const contact = { id: id('contact', 1) as ContactId, rowNo: 1, numberToken: TEST_SEAL.token('recipient', NUMBER) };
    await at.stores.campaigns.fill(BRAND, CAMPAIGN, id('list', 1) as ListId, 0, [contact]);
    await at.stores.campaigns.move(BRAND, CAMPAIGN, { from: ['draft'], to: 'running', at: NOON });
    const lease = (gate: Gate) =>
      at.stores.campaigns.lease({
        ...{ brand: BRAND, campaign: CAMPAIGN, attemptId: id('attempt', 1) as AttemptId, callId: id('call', 90) as CallId, now: NOON },
        ...{ leaseMs: 10_000, cap: { calls: 3, withinMs: 86_400_000 }, gate, callerIdOf: () => '+902125550011', look: 10 },
      });
    const confirm = () =>
      at.stores.campaigns.confirm({ brand: BRAND, attempt: id('attempt', 1) as AttemptId, now: NOON + 1, gate: whoIsFree });
    return { lease, confirm };
  }

  it('does not ring for a callback while a campaign calls it', async () => {
    const { lease } = await campaign();
    expect(await lease(whoIsFree)).toMatchObject({ kind: 'leased' });
    expect(await dial(await reserved('support', 1))).toBe('busy');
    await at.stores.campaigns.withdraw(BRAND, id('attempt', 1) as AttemptId);
    expect(await dial((await store().open(BRAND))[0] as Callback)).toBe('dials');
  });

  it('does not ring for a campaign while it is called back, whichever of the two was first', async () => {
    const { lease, confirm } = await campaign();
    expect(await dial(await reserved('support', 1))).toBe('dials');
    // As if the lease had been taken in the same moment.
    expect(await lease(anybody)).toMatchObject({ kind: 'leased' });
    expect(await confirm()).toBe('withdrawn');
    expect(await lease(whoIsFree)).toEqual({ kind: 'passed' });
    expect(await lease(whoIsFree)).toEqual({ kind: 'none', nextAt: BUSY_UNTIL, busy: 0 });
  });
});
