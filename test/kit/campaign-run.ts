import type { Ask } from './api.ts';
import type { Manner, SeenCall } from './trunk.ts';

export const CAMPAIGN_FLOW = `
flow: main
title: { tr: Duyuru, en: Announcement }
start: hello
nodes:
  hello: { type: say, bargeIn: none, prompt: { text: { tr: x, en: "This is a message for you. [2s]" } }, next: ask }
  ask: { type: menu, attempts: 1, firstDigit: 2s, prompt: { text: { tr: x, en: "Please press one." } }, options: { 1: bye }, exits: { exhausted: bye } }
  bye: { type: hangup }
`;

/** Retries of a campaign that calls everybody once, whatever comes of it. */
export const NEVER_AGAIN = {
  busy: null,
  'no-answer': null,
  rejected: null,
  congestion: null,
  failed: null,
  unknown: null,
  'hung-up-early': null,
  dropped: null,
};

/** How a contact ends whose telephone is answered so, when it is called once. */
export const ENDS_AS: Readonly<Record<Manner, string>> = {
  answer: 'delivered',
  key: 'delivered',
  early: 'hung-up-early',
  ring: 'no-answer',
  busy: 'busy',
  reject: 'rejected',
  unknown: 'invalid-number',
  congested: 'congestion',
};
const MANNERS = Object.keys(ENDS_AS) as Manner[];

/** Each number has its own manner, by its last digits. */
export function mannerOf(number: string): Manner {
  return MANNERS[Number(number.slice(-4)) % MANNERS.length] ?? 'answer';
}

export const numberOf = (n: number): string => `+9055500${String(n).padStart(5, '0')}`;

async function json(answer: Promise<Response>): Promise<Record<string, unknown>> {
  const response = await answer;
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`);
  return body as Record<string, unknown>;
}

const JSON_TYPE = { 'content-type': 'application/json' };
export const post = (ask: Ask, path: string, body: unknown = {}) =>
  json(ask(path, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) }));
export const get = (ask: Ask, path: string) => json(ask(path));

/** A list of so many numbers and a campaign that calls them, started. */
export async function startCampaign(ask: Ask, contacts: number, plan: Readonly<Record<string, unknown>>): Promise<string> {
  const list = await post(ask, '/api/v1/lists', { name: `Contacts ${contacts}`, variables: [] });
  const all = Array.from({ length: contacts }, (_, n) => ({ number: numberOf(n), variables: {} }));
  for (let from = 0; from < all.length; from += 500)
    await post(ask, `/api/v1/lists/${list['id'] as string}/contacts`, { contacts: all.slice(from, from + 500) });
  const usual = { name: 'Run', flow: 'main', language: 'en', messageClass: 'informational', hours: '24/7', maxAttempts: 1, ringMs: 15_000 };
  const campaign = await post(ask, '/api/v1/campaigns', { ...usual, lists: [list['id']], ...plan });
  await post(ask, `/api/v1/campaigns/${campaign['id'] as string}/start`);
  return campaign['id'] as string;
}

/** How many contacts stand where: outcome, or state while they have none. */
export async function standing(
  ask: Ask,
  id: string,
): Promise<{ readonly state: string; readonly counts: Readonly<Record<string, number>> }> {
  const { campaign, counts } = (await get(ask, `/api/v1/campaigns/${id}/figures`)) as unknown as {
    campaign: { state: string };
    counts: readonly { state: string; outcome: string | null; count: number }[];
  };
  return { state: campaign.state, counts: Object.fromEntries(counts.map((one) => [one.outcome ?? one.state, one.count])) };
}

/** What the trunk saw, as outcomes. */
export function seenAs(seen: readonly SeenCall[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { manner } of seen) counts[ENDS_AS[manner]] = (counts[ENDS_AS[manner]] ?? 0) + 1;
  return counts;
}

/** When each call of the campaign was handed to Asterisk. */
export async function madeAt(ask: Ask, id: string): Promise<readonly { readonly at: number }[]> {
  const all: { at: number }[] = [];
  for (let after: unknown = 0; after !== null; ) {
    const page = await post(ask, `/api/v1/campaigns/${id}/contacts/find`, { after, limit: 500 });
    for (const { history } of page['items'] as readonly { history: readonly { originatedAt: number }[] }[])
      for (const { originatedAt } of history) all.push({ at: originatedAt });
    after = page['next'];
  }
  return all;
}

/** Most calls within any second that begins with one of them. */
export function mostInOneSecond(seen: readonly { readonly at: number }[]): number {
  return Math.max(...seen.map(({ at: from }) => seen.filter(({ at }) => at >= from && at < from + 1000).length));
}

const WITHOUT_END = ['pending', 'leased', 'dialing', 'waiting-retry'];

/** Contacts that have no end yet, of `standing`'s counts. */
export function withoutEnd(counts: Readonly<Record<string, number>>): number {
  return WITHOUT_END.reduce((total, state) => total + (counts[state] ?? 0), 0);
}

/** Numbers that the trunk was asked for more than once. */
export function calledTwice(seen: readonly { readonly number: string }[]): number {
  const times = new Map<string, number>();
  for (const { number } of seen) times.set(number, (times.get(number) ?? 0) + 1);
  return [...times.values()].filter((count) => count > 1).length;
}
