import type { AgentLegHost } from '../agent-leg.ts';
import { ownNumberOf } from '../numbers-of.ts';
import type { ConversationHost } from './conversation.ts';

/** What a talk needs of its call. `callerId` null: colleagues are shown the number the call belongs to. */
export function conversationHost(
  host: AgentLegHost & Pick<ConversationHost, 'recording'>,
  callerId: string | null,
  acceptWords: ConversationHost['acceptWords'],
): ConversationHost {
  return {
    deps: host.deps,
    record: host.record,
    command: (what, run) => host.command(what, run),
    post: (run) => host.post(run),
    later: (ms, fire) => host.later(ms, fire),
    watch: (channelId) => host.watch(channelId),
    unwatch: (channelId) => host.unwatch(channelId),
    recording: host.recording,
    callerId: callerId ?? ownNumberOf(host.record.call),
    acceptWords,
  };
}
