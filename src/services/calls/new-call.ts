import type { Call } from '../../domain/call.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import type { Trigger } from '../../flow/session.ts';
import type { ChannelInfo } from '../../ports/telephony.ts';
import { CallRecord } from './call-record.ts';
import type { CallDeps, Route } from './deps.ts';

export function recordOf(deps: CallDeps, call: Call, channel: ChannelInfo): CallRecord {
  const record = new CallRecord(deps, call, null, [], 0);
  record.putLeg(customerLeg(deps, call, channel));
  const { did, flow, release, language, startedAt } = call;
  record.note('call-arrived', { did, ani: maskNumber(call.ani), flow, release, language, endpoint: channel.name }, startedAt);
  deps.meter.callStarted();
  return record;
}

export function newCall(deps: CallDeps, channel: ChannelInfo, route: Route, release: number, at: number): Call {
  return {
    id: deps.ids.next('call'),
    brand: route.brand,
    direction: 'inbound',
    state: 'open',
    did: channel.did,
    ani: channel.ani,
    flow: route.flow,
    release,
    language: route.language,
    sessionId: deps.ids.next('session'),
    channelId: channel.id,
    startedAt: at,
    answeredAt: null,
    endedAt: null,
    termination: null,
  };
}

function customerLeg(deps: CallDeps, call: Call, channel: ChannelInfo) {
  return {
    id: deps.ids.next('leg'),
    callId: call.id,
    role: 'customer' as const,
    channelId: channel.id,
    endpoint: channel.name,
    startedAt: call.startedAt,
    answeredAt: null,
    endedAt: null,
    outcome: null,
    hangupCause: null,
    sipCode: null,
  };
}

export function triggerOf(call: Call, route: Route | undefined): Trigger {
  return {
    kind: call.direction,
    sessionId: call.sessionId,
    callId: call.id,
    brand: call.brand,
    did: call.did,
    ani: call.ani,
    language: call.language,
    params: route?.params ?? {},
  };
}
