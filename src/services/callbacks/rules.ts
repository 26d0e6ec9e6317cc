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

/** A queue whose agents call back for the group; undefined: there is none. */
export function queueOfGroup({ queues }: Pick<Needs, 'queues'>, group: string): Queue | undefined {
  return queues().get(group) ?? [...queues().values()].find(({ callbackGroup }) => callbackGroup === group);
}
