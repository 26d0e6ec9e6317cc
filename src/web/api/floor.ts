import type { EarHow } from '../../domain/floor-view.ts';
import type { SkillLevels } from '../../domain/queue.ts';
import { request } from './client.ts';

export const FLOOR_URL = '/api/v1/floor/stream';

export async function moveWait(wait: string, queue: string): Promise<void> {
  await request('POST', `/floor/waits/${encodeURIComponent(wait)}/move`, { queue });
}

export async function logOutAgent(agent: string): Promise<void> {
  await request('POST', `/agents/${encodeURIComponent(agent)}/log-out`);
}

export async function listenTo(agent: string, how: EarHow): Promise<void> {
  await request('POST', `/agents/${encodeURIComponent(agent)}/${how}`);
}

export async function leaveTalk(agent: string): Promise<void> {
  await request('POST', `/agents/${encodeURIComponent(agent)}/leave`);
}

export interface AgentChange {
  readonly displayName: string;
  readonly skills: SkillLevels;
  readonly queues: readonly string[];
}

export async function changeAgent(agent: string, change: AgentChange): Promise<void> {
  await request('PUT', `/agents/${encodeURIComponent(agent)}`, change);
}
