import type { AttemptOutcome } from '../../src/domain/attempt.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { E164 } from '../../src/domain/phone-number.ts';
import type { AttemptEnd, Gate } from '../../src/ports/campaign-store.ts';
import type { House } from '../http/house.ts';
import { campaignOf } from './campaigns.ts';

const OPEN: Gate = { campaign: () => ({ kind: 'open', until: null }), contact: () => ({ kind: 'call' }) };
const MINUTE = 60_000;
const CAP = { calls: 100, withinMs: 1 };

/** What became of the first contacts, in their order; those after them wait. */
const STORY: readonly (readonly [outcome: AttemptOutcome, key?: string])[] = [
  ['delivered', '1'],
  ['busy'],
  ['delivered', '1'],
  ['hung-up-early'],
  ['no-answer'],
  ['delivered', '2'],
  ['invalid-number'],
  ['delivered'],
];
const RETRIED: ReadonlySet<AttemptOutcome> = new Set(['busy', 'no-answer']);
export const STORY_CONTACTS = 12;
export const storyNumber = (n: number): string => `+9055500000${String(n).padStart(2, '0')}`;

/** A campaign that is in the middle of its calls: one each half minute, the last one just now. */
export async function runningCampaign({ deps, stores, ids }: House, changes: Partial<Campaign> = {}): Promise<Campaign> {
  const { brand } = deps.config;
  const now = Date.now();
  const id = ids.next('list');
  await stores.lists.create({ id, brand, name: `Kasım ${id}`, variables: [], createdAt: now, createdBy: 'ayse' });
  const people = Array.from({ length: STORY_CONTACTS }, (_, n) => ({
    id: ids.next('contact'),
    number: storyNumber(n + 1) as E164,
    variables: {},
  }));
  await stores.lists.append(brand, id, people);
  const callerIds = ['+902125550010'];
  const campaign = campaignOf({ id: ids.next('campaign'), flow: 'announcement', lists: [id], callerIds, createdAt: now, ...changes });
  await stores.campaigns.create(campaign);
  await stores.campaigns.fill(brand, campaign.id, id, 0, await stores.lists.rows(brand, id, 0, STORY_CONTACTS));
  const order = { from: ['draft'], to: 'running', at: now - STORY.length * MINUTE } as const;
  const running = (await stores.campaigns.move(brand, campaign.id, order)) as Campaign;
  for (const [n, [outcome, key]] of STORY.entries()) {
    const attemptId = ids.next('attempt');
    const madeAt = now - ((STORY.length - n) * MINUTE) / 2;
    const callerIdOf = () => callerIds[0] ?? null;
    const taken = { brand, campaign: campaign.id, attemptId, callId: ids.next('call'), now: madeAt, leaseMs: MINUTE };
    await stores.campaigns.lease({ ...taken, cap: CAP, gate: OPEN, callerIdOf, look: 1 });
    await stores.campaigns.confirm({ brand, attempt: attemptId, now: madeAt, gate: OPEN });
    const retried = RETRIED.has(outcome);
    const next = retried
      ? ({ kind: 'retry', at: now + 90 * MINUTE } as const)
      : ({ kind: 'done', outcome: outcome as 'delivered' } as const);
    await stores.campaigns.settle(
      ...([brand, attemptId, endOf(outcome, key, madeAt)] as const),
      () => ({ next, counted: true }),
      () => [],
    );
  }
  return running;
}

function endOf(outcome: AttemptOutcome, key: string | undefined, madeAt: number): AttemptEnd {
  const isAnswered = outcome === 'delivered' || outcome === 'hung-up-early' || outcome === 'machine';
  return {
    outcome,
    answeredAt: isAnswered ? madeAt + 4000 : null,
    endedAt: madeAt + 21_000,
    sipCode: outcome === 'busy' ? 486 : null,
    messageLeft: false,
    heardShare: isAnswered ? (outcome === 'delivered' ? 1 : 0.2) : null,
    keys: key === undefined ? 0 : 1,
    choices: key === undefined ? [] : [{ flow: 'announcement', node: 'ask', keys: key }],
  };
}
