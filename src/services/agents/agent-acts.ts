import type { AgentEvent, Refusal } from '../../acd/agent-event.ts';
import type { AgentOnFloor, AgentPlace, PauseReason } from '../../domain/agent.ts';
import type { BrandId } from '../../domain/brand.ts';
import { type DispositionTree, dispositionAt } from '../../domain/disposition.ts';
import { SantralError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Queue } from '../../domain/queue.ts';
import type { Clock } from '../../ports/clock.ts';
import type { TalkNoteStore } from '../../ports/talk-notes.ts';
import type { Floor } from '../floor/floor-shape.ts';
import { NO_WRAP_UP, type OpenTalk } from '../floor/talks.ts';
import type { Agents } from './agents.ts';

/** What an agent says when a talk is closed. */
export interface Closing {
  /** Path in the queue's tree; null: none is chosen. */
  readonly disposition: string | null;
  readonly note: string;
  /** When the customer is to be called again, UTC ms; null: not. */
  readonly followUp: number | null;
}

/** What agents do at their desk. All reject with `agent.no-profile`, and with `agent.not-now` where the state forbids it. */
export interface AgentActs {
  /** Rejects also with what `Agents.put` rejects with for a place that is not theirs. */
  login(agent: UserId, place?: AgentPlace): Promise<void>;
  logout(agent: UserId): void;
  available(agent: UserId): void;
  pause(agent: UserId, reason: PauseReason): void;
  accept(agent: UserId): void;
  refuse(agent: UserId): void;
  hangUp(agent: UserId): void;
  /** Also during the talk: then it is kept, and the wrap-up ends as soon as the talk does. */
  close(agent: UserId, closing: Closing): Promise<void>;
  extend(agent: UserId): void;
  askWrapUp(agent: UserId): void;
}

export interface ActsDeps {
  readonly floor: Floor;
  readonly agents: Pick<Agents, 'get' | 'put'>;
  readonly queues: () => ReadonlyMap<string, Queue>;
  readonly dispositions: ReadonlyMap<string, DispositionTree>;
  readonly notes: Pick<TalkNoteStore, 'put'>;
  readonly brand: BrandId;
  readonly clock: Pick<Clock, 'now'>;
}

const WHY: Readonly<Record<Refusal, string>> = {
  'logged-out': 'You are logged out.',
  'not-free': 'You are not free at the moment.',
  'not-offered': 'No call is being offered to you.',
  'not-talking': 'You have no call on your line.',
  'not-in-wrap-up': 'You are not in a wrap-up.',
  'needs-disposition': 'This talk has to be closed with a disposition.',
  'not-due': 'The wrap-up is not over yet.',
  'no-extension': 'This wrap-up cannot be made longer, or was already.',
};

export function createAgentActs({ floor, agents, queues, dispositions, notes, brand, clock }: ActsDeps): AgentActs {
  function demand(agent: UserId): AgentOnFloor {
    const found = floor.agent(agent);
    if (found === undefined || floor.profile(agent) === undefined)
      throw new SantralError('agent.no-profile', 'This user is no agent. A supervisor makes one: PUT /api/v1/agents/:id.');
    return found;
  }

  function act(agent: UserId, event: AgentEvent): void {
    demand(agent);
    const acted = floor.act(agent, event);
    if (acted.kind === 'refused') throw notNow(acted.reason);
  }

  function talkOf(agent: UserId): OpenTalk {
    demand(agent);
    const talk = floor.talks().of(agent);
    if (talk === undefined) throw notNow('not-talking');
    return talk;
  }

  const queueOf = ({ ruledBy: queue }: OpenTalk): Queue | undefined => (queue === null ? undefined : queues().get(queue));

  return {
    async login(agent, place) {
      demand(agent);
      const profile = await agents.get(agent);
      if (profile !== undefined && place !== undefined) await agents.put({ ...profile, place });
      act(agent, { kind: 'login' });
    },
    logout: (agent) => act(agent, { kind: 'logout' }),
    available: (agent) => act(agent, { kind: 'available' }),
    pause: (agent, reason) => act(agent, { kind: 'pause', reason }),
    accept(agent) {
      demand(agent);
      if (!floor.accept(agent)) throw notNow('not-offered');
    },
    refuse(agent) {
      demand(agent);
      if (!floor.refuse(agent)) throw notNow('not-offered');
    },
    hangUp(agent) {
      demand(agent);
      // Their own call is on its way: nobody is called.
      if (floor.directs().of(agent)?.own && floor.refuse(agent)) return;
      const { control, over } = talkOf(agent);
      if (control === null || over) throw notNow('not-talking');
      control.hangUp();
    },
    async close(agent, closing) {
      const talk = talkOf(agent);
      const queue = queueOf(talk);
      checkDisposition(closing, queue, dispositions, clock.now());
      const { note, followUp } = closing;
      // Before the talk is closed: what was written is kept, or the agent hears that it is not.
      if (note.trim() !== '' || followUp !== null)
        await notes.put({ talkId: talk.talkId, callId: talk.callId, brand, agent, at: clock.now(), note: note.trim(), followUp });
      floor.talks().write(agent, closing);
      if (!talk.over) return;
      const dispositionRequired = queue?.dispositionRequired ?? false;
      act(agent, {
        kind: 'wrap-up-done',
        wrapUp: queue?.wrapUp ?? NO_WRAP_UP,
        dispositionRequired,
        disposed: closing.disposition !== null,
      });
    },
    extend(agent) {
      const queue = queueOf(talkOf(agent));
      act(agent, { kind: 'wrap-up-extend', wrapUp: queue?.wrapUp ?? NO_WRAP_UP });
    },
    askWrapUp: (agent) => act(agent, { kind: 'wrap-up-ask', on: true }),
  };
}

function notNow(reason: Refusal): SantralError {
  return new SantralError('agent.not-now', WHY[reason], { details: { reason } });
}

function checkDisposition(
  { disposition, note, followUp }: Closing,
  queue: Queue | undefined,
  trees: ReadonlyMap<string, DispositionTree>,
  now: number,
): void {
  if (followUp !== null && followUp <= now) throw new SantralError('request.invalid', 'The time to come back to it is over already.');
  if (disposition === null) return;
  const tree = trees.get(queue?.dispositions ?? '');
  const choice = tree === undefined ? undefined : dispositionAt(tree, disposition);
  if (choice === undefined) throw new SantralError('request.invalid', `There is no disposition "${disposition}" for this talk.`);
  if (choice.noteRequired && note.trim() === '')
    throw new SantralError('request.invalid', `The disposition "${disposition}" needs a note.`);
  if (choice.followUp && followUp === null)
    throw new SantralError('request.invalid', `The disposition "${disposition}" needs a time at which to come back to it.`);
}
