import { expiryOf } from '../../acd/callback-expiry.ts';
import { CALLBACK_RULES, type CallbackRules } from '../../domain/callback.ts';
import type { Queue } from '../../domain/queue.ts';
import type { CallbackDeps } from './deps.ts';

type Needs = Pick<CallbackDeps, 'queues' | 'rules'>;

/** A group that does not stand in flows/queues.yaml calls back only who asks for it, by the usual rules. */
export function rulesOf({ rules }: Needs, group: string): CallbackRules {
  return rules().get(group) ?? { group, ...CALLBACK_RULES, find: 'off' };
}

export function groupOf({ queues }: Pick<Needs, 'queues'>, queue: string): string {
  return queues().get(queue)?.callbackGroup ?? queue;
}

/** Whether the group may call people at that moment, and until when that stays so (UTC ms; null: not known, or for good). */
export function openFor({ openness }: Pick<CallbackDeps, 'openness'>, { calendar }: Pick<CallbackRules, 'calendar'>, at: number) {
  return calendar === null ? { open: true, until: null } : openness(calendar, at);
}

/** When a promise of that time is not kept any more. */
export function expiresAt(deps: Pick<CallbackDeps, 'openness'>, rules: CallbackRules, from: number): number {
  return expiryOf(from, rules.expireMs, (at) => openFor(deps, rules, at));
}

/** A queue whose agents call back for the group; undefined: there is none. */
export function queueOfGroup({ queues }: Pick<Needs, 'queues'>, group: string): Queue | undefined {
  return queues().get(group) ?? [...queues().values()].find(({ callbackGroup }) => callbackGroup === group);
}
