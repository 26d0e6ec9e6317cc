import type { AcdEvent } from '../domain/acd-event.ts';
import type { AgentOnFloor } from '../domain/agent.ts';
import type { BrandId } from '../domain/brand.ts';
import type { AcdEventId, CallId, UserId } from '../domain/ids.ts';
import type { StoredAgentState, StoredWait } from '../ports/floor-store.ts';
import type { AcdEventRow, AgentStateRow, QueueWaitRow } from './floor-schema.ts';

export function toStateRow(agent: StoredAgentState): AgentStateRow {
  return {
    user_id: agent.userId,
    brand: agent.brand,
    state: JSON.stringify(agent.state),
    since: agent.since,
    idle_since: agent.idleSince,
    missing: JSON.stringify(agent.missing),
    wrap_up_asked: agent.wrapUpAsked ? 1 : 0,
    next: agent.next === null ? null : JSON.stringify(agent.next),
    version: agent.version,
  };
}

export function fromStateRow(row: AgentStateRow): StoredAgentState {
  return {
    userId: row.user_id as UserId,
    brand: row.brand as BrandId,
    state: JSON.parse(row.state) as AgentOnFloor['state'],
    since: row.since,
    idleSince: row.idle_since,
    missing: JSON.parse(row.missing) as AgentOnFloor['missing'],
    wrapUpAsked: row.wrap_up_asked === 1,
    next: row.next === null ? null : (JSON.parse(row.next) as AgentOnFloor['next']),
    version: row.version,
  };
}

export function toWaitRow(wait: StoredWait): QueueWaitRow {
  return {
    call_id: wait.callId,
    wait_id: wait.waitId,
    brand: wait.brand,
    queue: wait.queue,
    since: wait.since,
    entered_at: wait.enteredAt,
    class: wait.class,
    skills: JSON.stringify(wait.skills),
    last_agent: wait.lastAgent,
    passed_by: JSON.stringify(wait.passedBy),
    joined_at: wait.joinedAt,
    told: wait.told === null ? null : JSON.stringify(wait.told),
  };
}

export function fromWaitRow(row: QueueWaitRow): StoredWait {
  return {
    callId: row.call_id as CallId,
    waitId: row.wait_id as AcdEventId,
    brand: row.brand as BrandId,
    queue: row.queue,
    since: row.since,
    enteredAt: row.entered_at,
    class: row.class,
    skills: JSON.parse(row.skills) as StoredWait['skills'],
    lastAgent: row.last_agent as UserId | null,
    passedBy: JSON.parse(row.passed_by) as StoredWait['passedBy'],
    joinedAt: row.joined_at,
    told: row.told === null ? null : (JSON.parse(row.told) as StoredWait['told']),
  };
}

export function toEventRow({ id, brand, at, kind, ...rest }: AcdEvent): AcdEventRow {
  const { callId = null, agent = null, ...data } = rest as { callId?: CallId; agent?: UserId };
  return { id, brand, at, kind, call_id: callId, agent, data: JSON.stringify(data) };
}

export function fromEventRow(row: AcdEventRow): AcdEvent {
  const ids = { ...(row.call_id === null ? {} : { callId: row.call_id }), ...(row.agent === null ? {} : { agent: row.agent }) };
  const { id, brand, at, kind } = row;
  return { ...(JSON.parse(row.data) as object), ...ids, id, brand, at, kind } as unknown as AcdEvent;
}
