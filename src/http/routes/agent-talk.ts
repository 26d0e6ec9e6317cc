import {
  cancelTransfer,
  completeTransfer,
  dialNumber,
  holdCall,
  muteCall,
  pressKeys,
  recordCall,
  resumeCall,
  startConference,
  startTransfer,
  takeBackCall,
} from '../contracts/agent.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

/** What agents do with the call on their line. */
export function agentTalkRoutes({ deps: { talkActs, dialActs } }: RouteContext): readonly Route[] {
  return [
    route(holdCall, ({ caller }) => talkActs.hold(caller.user.id, true)),
    route(resumeCall, ({ caller }) => talkActs.hold(caller.user.id, false)),
    route(muteCall, ({ caller, body }) => talkActs.mute(caller.user.id, body.on)),
    route(recordCall, ({ caller, body }) => talkActs.record(caller.user.id, body.on)),
    route(pressKeys, ({ caller, body }) => talkActs.keys(caller.user.id, body.keys)),
    route(startTransfer, ({ caller, body: { how, to } }) => talkActs.transfer(caller.user.id, how, to)),
    route(completeTransfer, ({ caller }) => talkActs.complete(caller.user.id)),
    route(cancelTransfer, ({ caller }) => talkActs.cancel(caller.user.id)),
    route(startConference, ({ caller }) => talkActs.conference(caller.user.id)),
    route(takeBackCall, ({ caller }) => talkActs.takeBack(caller.user.id)),
    route(dialNumber, ({ caller, body: { number, customer, queue = null, requestId } }) => {
      const to =
        customer === undefined ? ({ kind: 'number', number: number ?? '' } as const) : ({ kind: 'customer', call: customer } as const);
      return dialActs.dial(caller.user.id, { to, queue, requestId });
    }),
  ];
}
