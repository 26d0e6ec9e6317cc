import { isResting, slowed } from '../../dialer/breaker.ts';
import type { CampaignVerdict } from '../../dialer/gate.ts';
import { progressiveRoom } from '../../dialer/progressive.ts';
import { newRate, type Rate, readyAt, taken } from '../../dialer/rate.ts';
import { nextSharer, type Shares, sharedWith } from '../../dialer/share.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { Campaign, EmergencyStop } from '../../domain/campaign.ts';
import type { CallId, CampaignId } from '../../domain/ids.ts';
import { createAttempts } from './attempts.ts';
import type { DialDeps } from './deps.ts';
import type { Dialler } from './dialler-shape.ts';
import { fillLists } from './fill.ts';
import { Lane } from './lane.ts';
import { gateOf, judgeCampaign } from './plans.ts';
import { sharersOf } from './sharers.ts';
import { TrunkHealth } from './trunk-health.ts';

/** How often the dialler looks at what other engines may have changed, without being told of anything. */
const LOOK_MS = 1000;
/** How long an engine that says nothing keeps the dialling from another one. */
const LEAD_MS = 5000;
/** How long a campaign whose calls cannot be placed is left alone. */
const STUCK_MS = 5000;
/** How often attempts without an end are compared with their calls, should nobody have told of it. */
const ADOPT_MS = 30_000;
/** A call that is not under way so long after it was taken is nobody's of this engine. */
const LOST_MS = 60_000;
/** So many may be on their way at any speed: while one is asked about, the next one is taken. */
const LEAST_ON_THE_WAY = 4;
/** Contacts that may not be called are passed over in portions of this size. */
const LOOK_AT_ONCE = 20;

export function createDialler(deps: DialDeps): Dialler {
  const { store, clock, log, settings, ids } = deps;
  const { brand } = settings;
  const attempts = createAttempts(deps);
  const lane = new Lane(clock);
  const inFlight = new Map<CallId, Attempt>();
  /** Their call is over, and that is not written down yet. */
  const unsettled = new Set<CallId>();
  /** On record as open, and not under way here: being closed at this moment, or another engine's. */
  const strange = new Set<CallId>();
  const stuckUntil = new Map<CampaignId, number>();
  /** Their lists may hold rows that were not taken yet. */
  const filling = new Set<CampaignId>();
  const idleUntil = new Map<CampaignId, number>();
  const rates = new Map<CampaignId, Rate>();
  const health = new TrunkHealth();
  let all: Rate = newRate(settings.callsPerSecond);
  let shares: Shares = new Map();
  let running: readonly Campaign[] = [];
  let emergency: EmergencyStop | null = null;
  let verdicts: ReadonlyMap<CampaignId, CampaignVerdict> = new Map();
  let leads = false;
  let ready = false;
  let stopping = false;
  let wanted = false;
  let lookedAt = 0;
  let adoptedAt = 0;
  let turn: Promise<void> | null = null;
  let cancelTimer: () => void = () => undefined;

  const callsOf = (campaign: CampaignId): number => [...inFlight.values()].filter((attempt) => attempt.campaign === campaign).length;
  const speedOfAll = (): number => slowed(health.breaker, settings.callsPerSecond);

  function room(): number {
    const others = deps.calls.live().filter(({ id }) => !inFlight.has(id)).length;
    const kept = Math.max(others, Math.ceil((settings.trunkChannels * settings.inboundPercent) / 100));
    return Math.min(settings.channels, settings.trunkChannels - kept) - inFlight.size;
  }

  /** No line is free, or as many are on their way as are called in a second: whom one takes must not wait until the lease runs out. */
  function isFull(): boolean {
    return room() <= 0 || lane.waiting >= Math.max(LEAST_ON_THE_WAY, speedOfAll());
  }

  function rateOf({ id, callsPerSecond }: Campaign): Rate {
    const rate = rates.get(id) ?? newRate(callsPerSecond);
    return rate.perSecond === callsPerSecond ? rate : { perSecond: callsPerSecond, slot: clock.now() };
  }

  function agentRoom(campaign: Campaign): number | null {
    if (campaign.pacing.kind === 'agentless') return null;
    const live = new Set(deps.calls.live().flatMap(({ id, answeredAt }) => (answeredAt === null ? [] : [id])));
    const ringing = [...inFlight].filter(([id, attempt]) => attempt.campaign === campaign.id && !live.has(id)).length;
    const { queue, dropPercent } = campaign.pacing;
    return progressiveRoom({ free: deps.freeAgents(queue), ringing, ...health.drops(campaign.id), dropPercent });
  }

  /** Whoever could make a call now, had they a contact. */
  function wanting(now: number): readonly Campaign[] {
    return running.filter((campaign) => {
      const { id, channels } = campaign;
      if (verdicts.get(id)?.kind !== 'open' || (stuckUntil.get(id) ?? 0) > now || (idleUntil.get(id) ?? 0) > now) return false;
      return callsOf(id) < channels && (agentRoom(campaign) ?? 1) > 0;
    });
  }

  async function look(now: number): Promise<void> {
    lookedAt = now;
    leads = await store.lead(brand, deps.holder, now, now + LEAD_MS);
    const [campaigns, stop] = await Promise.all([store.list(brand), store.emergency(brand)]);
    emergency = stop;
    running = campaigns.filter(({ state }) => state === 'running');
    verdicts = new Map(running.map((campaign) => [campaign.id, judgeCampaign(deps, { campaign, emergency })]));
    if (!leads) return;
    await store.releaseStale(brand, now);
    if (ready && now >= adoptedAt + ADOPT_MS) await adopt();
    for (const campaign of running) {
      const verdict = verdicts.get(campaign.id);
      if (verdict?.kind === 'shut' && verdict.reason === 'over') await finish(campaign, now);
      else filling.add(campaign.id);
    }
  }

  /** A portion of what is new in the lists. Whom a campaign got so is there to be called at once. */
  async function fill(): Promise<void> {
    for (const id of [...filling]) {
      if (await fillLists(deps, id)) idleUntil.delete(id);
      else filling.delete(id);
    }
  }

  async function finish(campaign: Campaign, at: number): Promise<void> {
    await store.move(brand, campaign.id, { from: ['running'], to: 'done', at });
    running = running.filter(({ id }) => id !== campaign.id);
    log.info({ campaign: campaign.id }, 'campaign is done');
  }

  async function step(): Promise<void> {
    const now = clock.now();
    if (wanted || now >= lookedAt + LOOK_MS) {
      wanted = false;
      await look(now);
    }
    for (const callId of [...unsettled]) await settle(callId);
    if (!leads) return;
    await fill();
    for (;;) {
      const at = clock.now();
      if (stopping || !ready || !deps.isUp() || wanted || at >= lookedAt + LOOK_MS || isResting(health.breaker, at) || isFull()) return;
      if (all.perSecond !== speedOfAll()) all = { perSecond: speedOfAll(), slot: at };
      const callers = wanting(at);
      const due = callers.filter((campaign) => readyAt(rateOf(campaign), at) <= at);
      const campaign = readyAt(all, at) > at ? undefined : nextSharer(shares, sharersOf(due));
      if (campaign === undefined) return;
      if (await call(campaign.campaign, at)) shares = sharedWith(shares, campaign, sharersOf(callers));
    }
  }

  /** Takes one contact and sends it on its way. False when there was nobody to call. */
  async function call(campaign: Campaign, at: number): Promise<boolean> {
    const { id } = campaign;
    const leased = await store.lease({
      brand,
      campaign: id,
      attemptId: ids.next('attempt'),
      callId: ids.next('call'),
      now: at,
      leaseMs: settings.leaseMs,
      cap: settings.cap,
      gate: gateOf(deps),
      callerIdOf: ({ callerIds }, seq) => callerIds[seq % callerIds.length] ?? null,
      look: LOOK_AT_ONCE,
    });
    if (leased.kind === 'leased') {
      all = taken(all, at);
      rates.set(id, taken(rateOf(campaign), at));
      const { attempt } = leased;
      inFlight.set(attempt.callId, attempt);
      void carryOut(attempt, leased.campaign);
      return true;
    }
    if (leased.kind === 'none') {
      if (leased.nextAt === null && leased.busy === 0 && !campaign.staysOpen) await finishIfFilled(campaign, at);
      idleUntil.set(id, leased.nextAt ?? Number.POSITIVE_INFINITY);
    } else if (leased.kind === 'shut') wanted = true;
    // Many who may not be called must not hold up those who talk.
    else await new Promise<void>((resolve) => clock.setTimer(1, resolve));
    return false;
  }

  /** Rows that came since the last look are called, too, before it is over. */
  async function finishIfFilled(campaign: Campaign, at: number): Promise<void> {
    if (await fillLists(deps, campaign.id)) wanted = true;
    else await finish(campaign, at);
  }

  async function carryOut(attempt: Attempt, campaign: Campaign): Promise<void> {
    const speeds = () => ({ campaign: campaign.callsPerSecond, all: settings.callsPerSecond });
    try {
      const placed = await attempts.place(attempt, campaign, (ask) => lane.turn(campaign.id, speeds, ask));
      if (placed === 'placed') return go();
      if (placed === 'stuck') stuckUntil.set(campaign.id, clock.now() + STUCK_MS);
    } catch (err) {
      // The lease runs out by itself, and the contact is there again.
      log.error({ campaign: campaign.id, attempt: attempt.id, err }, 'an attempt could not be begun or taken back');
    }
    inFlight.delete(attempt.callId);
    idleUntil.delete(campaign.id);
    wake();
  }

  async function settle(callId: CallId): Promise<void> {
    const held = inFlight.get(callId);
    if (held === undefined) return void unsettled.delete(callId);
    try {
      const settlement = await attempts.settle(held);
      unsettled.delete(callId);
      inFlight.delete(callId);
      idleUntil.delete(held.campaign);
      if (settlement === undefined) return;
      if (health.ended(settlement.attempt, settings.callsPerSecond, clock.now()))
        log.warn({ callsPerSecond: speedOfAll(), restsUntil: health.breaker.openUntil }, 'the trunk is congested; fewer calls are made');
    } catch (err) {
      log.error({ callId, err }, 'the end of an attempt could not be stored; it is stored again later');
    }
  }

  /** Attempts that may have been dialled by a former process: their calls tell what became of them. */
  async function adopt(): Promise<void> {
    adoptedAt = clock.now();
    strange.clear();
    const live = new Set(deps.calls.live().map(({ id }) => id));
    for (const [callId, attempt] of inFlight) if (!live.has(callId)) await missed(callId, attempt);
    for (const attempt of await store.openAttempts(brand)) {
      if (inFlight.has(attempt.callId)) continue;
      const call = await deps.callStore.get(attempt.callId);
      if (live.has(attempt.callId)) inFlight.set(attempt.callId, attempt);
      else if (call?.state === 'ended') await attempts.settle(attempt);
      else strange.add(attempt.callId);
    }
  }

  /** A call that we hold and that is not under way: over without our hearing of it, or gone on with by another engine. */
  async function missed(callId: CallId, { createdAt }: Attempt): Promise<void> {
    const call = await deps.callStore.get(callId);
    if (call?.state === 'ended') unsettled.add(callId);
    else if (clock.now() - createdAt > LOST_MS) inFlight.delete(callId);
  }

  function wake(): void {
    wanted = true;
    go();
  }

  /** One turn at a time; whoever asks meanwhile gets another one. */
  function go(): void {
    if (stopping || turn !== null) return;
    cancelTimer();
    turn = step()
      .catch((err: unknown) => log.error({ err }, 'the dialler could not go on; it tries again in a second'))
      .finally(() => {
        turn = null;
        if (stopping) return;
        if (wanted && ready) cancelTimer = clock.setTimer(0, go);
        else cancelTimer = clock.setTimer(Math.max(1, nextAt() - clock.now()), go);
      });
  }

  /** When there may be something to do again without anything happening. */
  function nextAt(): number {
    const now = clock.now();
    const later = filling.size > 0 && leads ? now + 1 : lookedAt + LOOK_MS;
    if (!ready || !leads || isFull() || isResting(health.breaker, now)) return Math.max(later, now + 1);
    const callers = wanting(now).map((campaign) => Math.max(readyAt(all, now), readyAt(rateOf(campaign), now)));
    const due = [...idleUntil.values()].filter((at) => at > now);
    return Math.min(later, ...callers, ...due);
  }

  return {
    async up() {
      await adopt().catch((err: unknown) => log.error({ err }, 'attempts of before could not be taken stock of; it is tried again'));
      ready = true;
      wake();
    },
    down() {
      ready = false;
    },
    wake,
    note(entries) {
      const ended = entries.filter(({ kind, callId }) => kind === 'call-ended' && inFlight.has(callId));
      for (const { callId } of ended) unsettled.add(callId);
      if (entries.some(({ kind, callId }) => kind === 'call-ended' && strange.has(callId))) {
        adoptedAt = 0;
        wake();
      } else if (ended.length > 0) go();
    },
    async hangUpRinging(campaign, by) {
      const ringing = deps.calls.live().filter(({ id, answeredAt }) => {
        const held = inFlight.get(id);
        return held !== undefined && answeredAt === null && (campaign === null || held.campaign === campaign);
      });
      await Promise.all(ringing.map(({ id }) => deps.calls.hangup(id, by)));
      return ringing.length;
    },
    state: () => ({
      leads,
      isUp: ready && deps.isUp(),
      emergency,
      callsPerSecond: speedOfAll(),
      breaker: health.breaker,
      room: room(),
      of: new Map(
        running.map((campaign) => [
          campaign.id,
          {
            verdict: verdicts.get(campaign.id) ?? { kind: 'open', until: null },
            calls: callsOf(campaign.id),
            stuckUntil: stuckUntil.get(campaign.id) ?? 0,
            agentRoom: agentRoom(campaign),
          },
        ]),
      ),
    }),
    async stop() {
      stopping = true;
      cancelTimer();
      await turn;
    },
  };
}
