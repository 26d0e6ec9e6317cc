import type { z } from 'zod';
import { DEAD_STATES } from '../../domain/consent-registry.ts';
import { SantralError } from '../../domain/errors.ts';
import type { RegistrySend } from '../../ports/registry-store.ts';
import type { Role } from '../../ports/stores.ts';
import type { RegistryState } from '../../services/registry/registry.ts';
import { getRegistry, listSends, pullRegistry, replaySend, replaySends } from '../contracts/registry.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';
import { maskRecipient } from './messages.ts';

const HOUR_MS = 3_600_000;

export function registryRoutes({ deps: { registry, clock, config } }: RouteContext): readonly Route[] {
  const { brand } = config;
  return [
    route(getRegistry, async () => viewState(await registry.state(brand))),
    route(listSends, async ({ query: { state, dead, before, limit }, caller }) => {
      const states = dead === undefined ? (state === undefined ? {} : { states: [state] }) : { states: DEAD_STATES };
      const rows = await registry.list(brand, { ...states, ...(before === undefined ? {} : { before }), limit: limit + 1 });
      const items = rows.slice(0, limit).map((one) => viewSend(one, caller.user.role, clock.now()));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),
    route(replaySend, async ({ params: { id }, caller }) => {
      const replayed = await registry.replay(brand, id, caller.user.name);
      if (replayed === 0) throw new SantralError('request.not-found', 'There is no such dead letter; only those are told again.');
      return { replayed };
    }),
    route(replaySends, async ({ caller }) => ({ replayed: await registry.replay(brand, null, caller.user.name) })),
    route(pullRegistry, async () => viewState(await registry.pullNow(brand))),
  ];
}

function viewState({
  isLinked,
  isStale,
  staleMs,
  pulledAt,
  pulls,
  figures,
  dead,
}: RegistryState): z.output<(typeof getRegistry)['reply']['schema']> {
  const { byState, alarms, firstDueAt, unread } = figures;
  return {
    ...{ isLinked, isStale, pulledAt, alarms, firstDueAt, dead, unread },
    staleHours: staleMs / HOUR_MS,
    pulls: pulls.map(({ side, pulledAt: readAt, failedAt, error, gap }) => ({
      side,
      pulledAt: readAt,
      failedAt,
      error,
      gapFrom: gap?.from ?? null,
    })),
    waiting: (byState.queued ?? 0) + (byState.sent ?? 0),
    accepted: byState.accepted ?? 0,
    skipped: byState.skipped ?? 0,
  };
}

function viewSend(send: RegistrySend, role: Role, now: number) {
  const { id, consent, state, reason, attempts, nextAt, dueAt, alarmAt, endedAt } = send;
  const recipient = consent === null ? null : role === 'admin' ? consent.recipient : maskRecipient(consent.recipient);
  const { recipientType = null, type = null, status = null, consentDate = null } = consent ?? {};
  const isAlarm = endedAt === null && now >= alarmAt;
  return { id, recipient, recipientType, type, status, consentDate, state, reason, attempts, nextAt, dueAt, isAlarm, endedAt };
}
