import type { AcdEvent, AcdFact } from '../../src/domain/acd-event.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import type { AcdEventId, UserId } from '../../src/domain/ids.ts';
import type { WaitEnd } from '../../src/domain/queue.ts';
import { agentOf, callOf } from './kit.ts';

/** A call as it went; the events follow from it. Times in ms. */
export interface Story {
  readonly queue: string;
  readonly enteredAt: number;
  /** null: waits still. */
  readonly end: { readonly how: WaitEnd; readonly waitedMs: number } | null;
  /** Agents who let it ring before, one after the other at entry. */
  readonly ignoredBy?: readonly string[];
  /** With whom, of an answered call. */
  readonly agent?: string;
  readonly talkMs?: number;
  readonly holdMs?: number;
  /** null: no wrap-up. */
  readonly wrapMs?: number | null;
  readonly transferred?: boolean;
}

export const RANG_MS = 1;
const id = (text: string): AcdEventId => `acd_${text}` as AcdEventId;

export function event(name: string, at: number, fact: AcdFact): AcdEvent {
  return { ...fact, id: id(name), brand: 'santral' as BrandId, at };
}

/** All that happened in these calls, in the order of time. */
export function logOf(stories: readonly Story[]): readonly AcdEvent[] {
  return stories.flatMap(eventsOf).toSorted((a, b) => a.at - b.at);
}

function eventsOf(story: Story, n: number): readonly AcdEvent[] {
  const { queue, enteredAt, end, ignoredBy = [] } = story;
  const callId = callOf(`${n}`);
  const waitId = id(`w${n}`);
  const wait = { queue, callId, waitId };
  const events = [event(`w${n}`, enteredAt, { kind: 'entered', queue, callId, class: 'standard', since: enteredAt })];
  for (const name of ignoredBy) {
    const agent = agentOf(name);
    events.push(event(`o${n}${name}`, enteredAt, { kind: 'offered', ...wait, agent }));
    events.push(event(`e${n}${name}`, enteredAt + RANG_MS, { kind: 'offer-ended', ...wait, agent, how: 'no-answer', rangMs: RANG_MS }));
  }
  if (end === null) return events;
  const leftAt = enteredAt + end.waitedMs;
  if (end.how === 'answered') events.push(...talkOf(story, n, leftAt, wait));
  return [...events, event(`l${n}`, leftAt, { kind: 'left', ...wait, how: end.how, waitedMs: end.waitedMs, joinedAt: 1 })];
}

function talkOf(
  story: Story,
  n: number,
  at: number,
  wait: { queue: string; callId: ReturnType<typeof callOf>; waitId: AcdEventId },
): AcdEvent[] {
  const agent: UserId = agentOf(story.agent ?? 'x');
  const { talkMs = 0, holdMs = 0, wrapMs = null } = story;
  const talkId = id(`t${n}`);
  const { queue, callId } = wait;
  const over = at + talkMs + holdMs;
  const events = [
    event(`p${n}`, at, { kind: 'offered', ...wait, agent }),
    event(`q${n}`, at, { kind: 'offer-ended', ...wait, agent, how: 'answered', rangMs: 0 }),
    event(`t${n}`, at, { kind: 'connected', ...wait, agent, direction: 'inbound' }),
  ];
  if (story.transferred === true)
    events.push(event(`x${n}`, over, { kind: 'transferred', callId, agent, talkId, how: 'blind', to: 'queue' }));
  events.push(event(`r${n}`, over, { kind: 'released', queue, callId, agent, talkId, how: 'caller-hung-up', talkMs, holdMs }));
  if (wrapMs !== null)
    events.push(event(`f${n}`, over + wrapMs, { kind: 'wrapped-up', queue, callId, agent, talkId, wrapMs, disposition: null }));
  return events;
}
