import { type ErrorCode, SantralError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Floor } from '../floor/floor-shape.ts';
import type { Asked, AskRefusal, TalkControl, TransferTarget } from '../floor/seat.ts';

/** What agents do with the call on their line. All reject with `agent.no-profile`, and with `agent.not-now` where the talk does not allow it. */
export interface TalkActs {
  hold(agent: UserId, on: boolean): Promise<void>;
  mute(agent: UserId, on: boolean): Promise<void>;
  keys(agent: UserId, keys: string): Promise<void>;
  /** Rejects with `request.not-found` for a target that is not known or cannot be dialled. */
  transfer(agent: UserId, how: 'blind' | 'attended', to: TransferTarget): Promise<void>;
  complete(agent: UserId): Promise<void>;
  cancel(agent: UserId): Promise<void>;
  conference(agent: UserId): Promise<void>;
  takeBack(agent: UserId): Promise<void>;
  /** Pauses the call's recording, or goes on with it. */
  record(agent: UserId, on: boolean): Promise<void>;
}

const WHY: Readonly<Record<AskRefusal, readonly [ErrorCode, string]>> = {
  'not-now': ['agent.not-now', 'The call on your line does not allow this at the moment.'],
  'unknown-target': ['request.not-found', 'There is nobody like that to pass a call on to, or the number cannot be dialled.'],
  'target-not-free': ['agent.not-now', 'The queue takes nobody at the moment. The caller is still with you.'],
  'target-closed': ['agent.not-now', 'The hours of that department are over. The caller is still with you.'],
  failed: ['telephony.refused', 'Asterisk did not do it. The log has the details.'],
};

export function createTalkActs(floor: Pick<Floor, 'profile' | 'talks'>): TalkActs {
  async function ask(agent: UserId, wish: (control: TalkControl) => Promise<Asked>): Promise<void> {
    if (floor.profile(agent) === undefined)
      throw new SantralError('agent.no-profile', 'This user is no agent. A supervisor makes one: PUT /api/v1/agents/:id.');
    const talk = floor.talks().of(agent);
    if (talk === undefined || talk.over || talk.control === null) throw new SantralError('agent.not-now', 'You have no call on your line.');
    const asked = await wish(talk.control);
    if (asked.kind === 'done') return;
    const [code, message] = WHY[asked.reason];
    throw new SantralError(code, message, { details: { reason: asked.reason } });
  }

  return {
    hold: (agent, on) => ask(agent, (control) => control.hold(on)),
    mute: (agent, on) => ask(agent, (control) => control.mute(on)),
    keys: (agent, keys) => ask(agent, (control) => control.keys(keys)),
    transfer: (agent, how, to) => ask(agent, (control) => control.transfer(how, to)),
    complete: (agent) => ask(agent, (control) => control.complete()),
    cancel: (agent) => ask(agent, (control) => control.cancel()),
    conference: (agent) => ask(agent, (control) => control.conference()),
    takeBack: (agent) => ask(agent, (control) => control.takeBack()),
    record: (agent, on) => ask(agent, (control) => control.record(on)),
  };
}
