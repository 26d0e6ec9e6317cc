import { pauseAfter } from '../../domain/back-off.ts';
import { type Held, preCheck, wholeSecond, workingDaysAfter } from '../../domain/consent-registry.ts';
import type { ConsentEntryId } from '../../domain/ids.ts';
import type { RegistryConsent, RegistryTrouble, RegistryVerdict } from '../../ports/consent-registry.ts';
import type { DueOf, RegistrySend, SendChange } from '../../ports/registry-store.ts';
import type { Link, RegistryDeps } from './deps.ts';
import { rest } from './rest.ts';

type PushDeps = Pick<RegistryDeps, 'store' | 'clock' | 'random' | 'log' | 'days' | 'settings'>;
type Changes = Map<ConsentEntryId, SendChange>;
/** A consent that goes out, with what can be read of it. */
type Going = RegistrySend & { readonly consent: RegistryConsent };

const SENT_AT_ONCE = 200;
const POLL_MS = 30_000;
/** A consent that was about to be sent when the engine died is looked after again. */
const LOST_MS = 120_000;
/** Consents of the last days are told when a brand joins the registry; older ones it must have heard of by other ways. */
const FIRST_LOOK_MS = 7 * 86_400_000;
/** Sealed with another key. */
const UNREADABLE = 'unreadable';
/** Not told within its working days. */
const OVERDUE = 'overdue';

/** Tells the registry what was recorded here: what is due, the oldest of each person first. */
export async function pushConsents(deps: PushDeps, link: Link, signal: AbortSignal): Promise<void> {
  const { store, clock } = deps;
  while ((await store.collect(link.brand, clock.now() - FIRST_LOOK_MS, clock.now(), dueOf(deps))) > 0);
  const due = await store.due(link.brand, clock.now(), SENT_AT_ONCE);
  if (await judgeSent(deps, link, due, signal)) await sendQueued(deps, link, due, signal);
}

/** By when the registry must have heard of what was said then. */
function dueOf({ days, settings: { sendDays, alarmDays } }: PushDeps): DueOf {
  const working = days();
  return (at) => ({ dueAt: workingDaysAfter(at, sendDays, working), alarmAt: workingDaysAfter(at, alarmDays, working) });
}

/** What was taken as a whole is asked after. False: the registry is to be left alone. */
async function judgeSent(deps: PushDeps, link: Link, due: readonly RegistrySend[], signal: AbortSignal): Promise<boolean> {
  const { store, clock } = deps;
  const sent = due.filter(({ state, request }) => state === 'sent' && request !== null);
  for (const request of new Set(sent.flatMap((one) => one.request ?? []))) {
    const asked = await link.registry.poll(request, signal);
    const changes: Changes = new Map();
    for (const one of sent.filter((row) => row.request === request)) {
      const now = clock.now();
      if (asked.kind === 'judged') changes.set(one.id, await settled(deps, link, one, asked.verdicts.get(one.place ?? '') ?? null, signal));
      else if (asked.kind === 'refused') changes.set(one.id, { kind: 'again', nextAt: now, reason: asked.reason });
      else changes.set(one.id, { kind: 'later', nextAt: now + POLL_MS, reason: asked.reason });
    }
    await store.end(changes, clock.now());
    if (asked.kind === 'later') {
      rest(link, asked, clock.now(), deps.random());
      return false;
    }
  }
  return true;
}

async function sendQueued(deps: PushDeps, link: Link, due: readonly RegistrySend[], signal: AbortSignal): Promise<void> {
  const { store, clock, random } = deps;
  const changes: Changes = new Map();
  const going: Going[] = [];
  let trouble: RegistryTrouble | null = null;
  for (const row of due) {
    if (row.state !== 'queued') continue;
    const change = await beforehand(deps, link, row, signal);
    if (change === null) going.push(row as Going);
    else if ('unsure' in change || change.kind === 'refused') {
      trouble = change;
      break;
    } else changes.set(row.id, change);
  }
  await store.end(changes, clock.now());
  trouble ??= going.length === 0 ? null : await send(deps, link, going, signal);
  if (trouble === null) link.failures = 0;
  else rest(link, trouble, clock.now(), random());
}

/** What becomes of a consent without its being sent; null: it is to be sent. */
async function beforehand(
  { store, clock }: PushDeps,
  link: Link,
  { consent, attempts, dueAt, forced }: RegistrySend,
  signal: AbortSignal,
): Promise<SendChange | RegistryTrouble | null> {
  const now = clock.now();
  if (consent === null) return { kind: 'rejected', reason: UNREADABLE };
  let held = await store.held(link.brand, consent);
  // A refusal must follow a consent; and what was sent once may have got there.
  if (attempts > 0 || (held == null && consent.status === 'RET')) {
    const asked = await link.registry.status(consent, signal);
    if (asked.kind !== 'known' && asked.kind !== 'unread') return asked;
    held = asked.kind === 'unread' ? undefined : asked.consent;
    if (held !== undefined) await store.learn(link.brand, consent, held, now);
    if (attempts > 0 && isSame(held, consent)) return { kind: 'accepted', reference: null };
  }
  // What the registry says of somebody cannot be understood: it judges by itself what it is told.
  const verdict = preCheck(consent, held, now);
  if (verdict.kind === 'skip') return { kind: 'skipped', reason: verdict.reason };
  // A refusal is told however late it is.
  return now > dueAt && !forced && consent.status === 'ONAY' ? { kind: 'overdue', reason: OVERDUE } : null;
}

function isSame(held: Held | null | undefined, consent: Held): boolean {
  return held != null && held.status === consent.status && wholeSecond(held.consentDate) === wholeSecond(consent.consentDate);
}

async function send(deps: PushDeps, link: Link, going: readonly Going[], signal: AbortSignal): Promise<RegistryTrouble | null> {
  const { store, clock } = deps;
  // On record before it is sent: whoever finds it later asks whether it got there.
  await store.begin(
    going.map(({ id }) => id),
    clock.now() + LOST_MS,
  );
  const [first] = going;
  if (going.length === 1 && first !== undefined) return sendEach(deps, link, [first], signal);
  const answer = await link.registry.addMany(
    going.map(({ consent }) => consent),
    signal,
  );
  if (answer.kind === 'faulty') return sendEach(deps, link, going, signal);
  const now = clock.now();
  if (answer.kind !== 'taken') {
    await store.end(new Map(going.map((row) => [row.id, waits(deps, row, answer)])), now);
    return answer;
  }
  const { request, places } = answer;
  const sent = going.map(({ id }, index) => [id, { kind: 'sent', request, place: places[index] ?? '', nextAt: now + POLL_MS }] as const);
  await store.end(new Map(sent), now);
  return null;
}

async function sendEach(deps: PushDeps, link: Link, going: readonly Going[], signal: AbortSignal): Promise<RegistryTrouble | null> {
  const { store, clock } = deps;
  for (const [index, row] of going.entries()) {
    const answer = await link.registry.add(row.consent, signal);
    if (answer.kind === 'later' || answer.kind === 'refused') {
      await store.end(new Map(going.slice(index).map((one) => [one.id, waits(deps, one, answer)])), clock.now());
      return answer;
    }
    await store.end(new Map([[row.id, await settled(deps, link, row, answer, signal)]]), clock.now());
  }
  return null;
}

function waits({ clock, random }: PushDeps, { attempts }: RegistrySend, trouble: RegistryTrouble): SendChange {
  const wish = trouble.kind === 'later' ? trouble.afterMs : undefined;
  return { kind: 'later', nextAt: clock.now() + pauseAfter(attempts + 1, random(), wish), reason: trouble.reason };
}

/** What the registry's word means. One that holds already what we tell has refused nothing; null: it says nothing of it. */
async function settled(
  { store, clock }: PushDeps,
  { brand, registry }: Link,
  row: RegistrySend,
  verdict: RegistryVerdict | null,
  signal: AbortSignal,
): Promise<SendChange> {
  const now = clock.now();
  if (verdict === null && now > row.alarmAt) return { kind: 'again', nextAt: now, reason: 'the registry says nothing of it' };
  if (verdict === null || verdict.kind === 'waiting')
    return { kind: 'later', nextAt: now + POLL_MS, reason: 'the registry has not judged it yet' };
  if (verdict.kind === 'accepted') return { kind: 'accepted', reference: verdict.reference };
  if (verdict.late) return { kind: 'overdue', reason: verdict.reason };
  const held = row.consent === null ? null : await registry.status(row.consent, signal);
  if (row.consent !== null && held?.kind === 'known' && held.consent !== null) {
    await store.learn(brand, row.consent, held.consent, now);
    if (held.consent.status === row.consent.status) return { kind: 'skipped', reason: 'same-status' };
  }
  return { kind: 'rejected', reason: verdict.reason };
}
