import { action } from './action.ts';
import { answer } from './answer.ts';
import { branch } from './branch.ts';
import { callbackRequest } from './callback-request.ts';
import { choose } from './choose.ts';
import { collect } from './collect.ts';
import { consent } from './consent.ts';
import { date } from './date.ts';
import { hangup } from './hangup.ts';
import { hours } from './hours.ts';
import { http } from './http.ts';
import type { NodeKind } from './kind.ts';
import { language } from './language.ts';
import { loop } from './loop.ts';
import { menu } from './menu.ts';
import { missedCall } from './missed-call.ts';
import { notify } from './notify.ts';
import { optOut } from './opt-out.ts';
import { pin } from './pin.ts';
import { queue } from './queue.ts';
import { record } from './record.ts';
import { recordCall } from './record-call.ts';
import { returnNode } from './return.ts';
import { say } from './say.ts';
import { set } from './set.ts';
import { split } from './split.ts';
import { subflow } from './subflow.ts';
import { time } from './time.ts';
import { transfer } from './transfer.ts';
import { voicemail } from './voicemail.ts';

/** Every type of node, in the order of the reference. A new one: one file, one line here, one test case. */
export const NODE_KINDS: readonly NodeKind[] = [
  say,
  menu,
  collect,
  record,
  set,
  branch,
  action,
  http,
  language,
  hours,
  subflow,
  returnNode,
  transfer,
  queue,
  missedCall,
  answer,
  hangup,
  notify,
  voicemail,
  consent,
  optOut,
  callbackRequest,
  choose,
  loop,
  split,
  date,
  time,
  pin,
  recordCall,
];

export function nodeKind(type: string): NodeKind | undefined {
  return NODE_KINDS.find((kind) => kind.type === type);
}
