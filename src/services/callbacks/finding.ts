import { callable, candidateOf } from '../../acd/callback-candidate.ts';
import type { AcdEvent } from '../../domain/acd-event.ts';
import type { Call } from '../../domain/call.ts';
import type { CallbackContact, CallbackFinding, CallbackOrigin } from '../../domain/callback.ts';
import type { CallbackDraft, CallbackRequest } from '../../domain/callback-request.ts';
import type { FloorCallbacks } from '../floor/promised.ts';
import type { CallbackDeps } from './deps.ts';
import { expiresAt, groupOf, queueOfGroup, rulesOf } from './rules.ts';

/**
 * Ends of a call that is over without an agent and without the caller having got what they called for. While the engine was away
 * they hung up unseen; and who was cut off by our own Asterisk did not want to leave at all, and reached nobody just the same.
 */
const LEFT: ReadonlySet<string> = new Set(['caller-hung-up', 'left-while-away', 'asterisk-lost']);

type Needs = Pick<CallbackDeps, 'queues' | 'rules' | 'own' | 'floor' | 'openness' | 'clock' | 'settings'>;

export interface Finding extends Pick<FloorCallbacks, 'findingOf' | 'contactOf'> {
  /** Of a call that is over: whether its caller hung up, or was cut off, in a flow of which they are called back; null: no. */
  hungUp(call: Call): CallbackDraft | null;
  /** Somebody asked a flow for it, or is called back though they did not: their wish or call is over. */
  requested(request: CallbackRequest): CallbackFinding;
  /** Somebody asked for it without a call. */
  wished(wish: CallbackWish): CallbackFinding;
}

/** Who wants to be called back, and why not where they cannot be; `who` by `canCall`. */
export interface CallbackWish extends Pick<CallbackFinding, 'id' | 'at' | 'group' | 'language' | 'about' | 'who'> {
  readonly origin: CallbackOrigin;
  /** UTC ms; null: as soon as may be. */
  readonly notBefore: number | null;
}

/** What becomes of callers who hung up, and what talks keep; judged where it happens, written with it. */
export function createFinding(deps: Needs): Finding {
  const { own } = deps;

  const findingOf: Finding['findingOf'] = (wait, left) => {
    // Whom we called did not call us.
    if (wait.direction !== 'inbound') return null;
    const queue = deps.queues().get(wait.queue);
    const group = groupOf(deps, wait.queue);
    const rules = rulesOf(deps, group);
    if (queue === undefined || rules.find === 'off') return null;
    const open = queue.calendar === null || deps.openness(queue.calendar, left.at).open;
    // Whether an agent talked with them earlier in the call is asked where it is written.
    const abandonment = { caller: wait.caller, waitedMs: left.waitedMs, open };
    const who = candidateOf(abandonment, { shortAbandonMs: queue.shortAbandonMs, rules, own: own() });
    const { id, brand, at } = left;
    return {
      ...{ id, brand, group, at, who, kind: 'abandoned', origin: 'queue', callId: wait.callId, queue: queue.id, about: '' },
      ...{ language: wait.language ?? 'tr', since: wait.since, expiresAt: expiresAt(deps, rules, at) },
    };
  };

  function contactOf(talk: AcdEvent & { kind: 'connected' }, number: string): CallbackContact | null {
    const who = callable(number, true);
    if (who.kind === 'nobody') return null;
    const served = [...(talk.queue === null ? [] : [talk.queue]), ...(deps.floor().agent(talk.agent)?.queues ?? [])];
    const { brand, callId, agent, at } = talk;
    const how = talk.direction === 'inbound' ? 'served-inbound' : 'served-outbound';
    const groups = [...new Set(served.map((queue) => groupOf(deps, queue)))];
    const queues = [...deps.queues().values()].filter(({ callbackGroup }) => groups.includes(callbackGroup));
    const names = [...new Set([...groups, ...queues.map((queue) => queue.id)])];
    return { brand, callId, agent, at, how, number: who.number, groups, names };
  }

  function hungUp({ direction, termination, flow, ani, language, startedAt, endedAt }: Call): CallbackDraft | null {
    const rules = [...deps.rules().values()].find(({ flows }) => flows.includes(flow));
    const queue = rules === undefined ? undefined : queueOfGroup(deps, rules.group);
    const hasLeft = direction === 'inbound' && termination !== null && LEFT.has(termination.kind) && endedAt !== null;
    if (rules === undefined || queue === undefined || !hasLeft) return null;
    const open = queue.calendar === null || deps.openness(queue.calendar, endedAt).open;
    const abandonment = { caller: ani, waitedMs: endedAt - startedAt, open };
    const who = candidateOf(abandonment, { shortAbandonMs: queue.shortAbandonMs, rules, own: own() });
    // Whether they came to a queue, talked with somebody or left a message is asked where the wish is taken over.
    return who.kind === 'nobody'
      ? null
      : { origin: 'call', group: rules.group, number: who.number, language, reason: '', since: startedAt };
  }

  return {
    hungUp,
    findingOf,
    contactOf,
    requested({ id, brand, group: wanted, number, language, reason, callId, requestedAt: at, origin, since }) {
      const queue = queueOfGroup(deps, wanted);
      const group = queue?.callbackGroup ?? wanted;
      const rules = rulesOf(deps, group);
      // A flow took it down: what may be called was asked there.
      const who = callable(number, true, own());
      return {
        ...{ id, brand, group, at, who, kind: origin === 'flow' ? 'requested' : 'abandoned', origin, callId },
        ...{ queue: queue?.id ?? wanted, language, about: reason, since: since ?? at, expiresAt: expiresAt(deps, rules, at) },
      };
    },
    wished({ group: wanted, notBefore, ...wish }) {
      const queue = queueOfGroup(deps, wanted);
      const group = queue?.callbackGroup ?? wanted;
      // Who wants to be called later stands among the others as if they had come then.
      const since = Math.max(wish.at, notBefore ?? 0);
      return {
        ...wish,
        ...{ brand: deps.settings.brand, group, kind: 'requested', callId: null, queue: queue?.id ?? wanted, since },
        ...{ expiresAt: expiresAt(deps, rulesOf(deps, group), since), ...(since > wish.at ? { notBefore: since } : {}) },
      };
    },
  };
}
