import type { AgentPlace, PauseReason } from '../../domain/agent.ts';
import type { TransferKind } from '../../domain/desk-view.ts';
import type { Label } from '../../domain/label.ts';
import { request } from './client.ts';
import { type Shape, shape } from './shape.ts';

/** What an agent can do. What it leads to is told over the socket; each throws ApiError alone. */

export async function logIn(place?: AgentPlace): Promise<void> {
  await request('POST', '/agent/login', place === undefined ? {} : { place });
}

/** Everything that needs no words. */
export type Deed =
  | 'logout'
  | 'available'
  | 'call/accept'
  | 'call/refuse'
  | 'call/hold'
  | 'call/resume'
  | 'call/hangup'
  | 'call/transfer/complete'
  | 'call/transfer/cancel'
  | 'call/conference'
  | 'call/take-back'
  | 'wrap-up/extend'
  | 'wrap-up/ask'
  | 'call/candidates/none';

export async function doIt(deed: Deed): Promise<void> {
  await request('POST', `/agent/${deed}`);
}

export async function pause(reason: PauseReason): Promise<void> {
  await request('POST', '/agent/pause', { reason });
}

export async function mute(on: boolean): Promise<void> {
  await request('POST', '/agent/call/mute', { on });
}

/** false: pauses the recording of the call. */
export async function recordTalk(on: boolean): Promise<void> {
  await request('POST', '/agent/call/record', { on });
}

export async function pressKeys(keys: string): Promise<void> {
  await request('POST', '/agent/call/keys', { keys });
}

export interface TransferOrder {
  readonly how: 'blind' | 'attended';
  readonly to: { readonly kind: TransferKind; readonly id: string };
}

export async function transfer(order: TransferOrder): Promise<void> {
  await request('POST', '/agent/call/transfer', order);
}

export interface Closing {
  readonly disposition: string | null;
  readonly note: string;
  /** UTC ms. */
  readonly followUp: number | null;
}

/** Whom to call: a number, or the customer of the agent's last call. */
export type Dialled = { readonly number: string } | { readonly customer: string };

/** The same request id is the same call, however often it is sent. */
export async function dial(to: Dialled, requestId: string): Promise<void> {
  await request('POST', '/agent/dial', { ...to, requestId });
}

export async function wrapUp(closing: Closing): Promise<void> {
  await request('POST', '/agent/wrap-up', closing);
}

export interface Answer {
  readonly field: string;
  readonly answer: string;
}

/** Blind: what comes back over the socket is whether it is right. */
export async function verifyCandidate(candidate: string, answer: Answer): Promise<void> {
  await request('POST', `/agent/call/candidates/${encodeURIComponent(candidate)}/verify`, answer);
}

/** Where too many may be calling: narrows them. */
export async function answerQuestion(answer: Answer): Promise<void> {
  await request('POST', '/agent/call/question', answer);
}

/** To whom a call can be passed on besides a number. */
export interface Targets {
  readonly agents: readonly { readonly id: string; readonly name: string; readonly free: boolean }[];
  readonly queues: readonly { readonly id: string; readonly label: Label; readonly waiting: number }[];
  readonly departments: readonly { readonly id: string; readonly label: Label; readonly free: boolean }[];
}

export async function askTargets(): Promise<Targets> {
  const answer = shape(await request('GET', '/agent/targets'), 'targets');
  const label = (row: Shape): Label => ({ tr: row.child('label').text('tr'), en: row.child('label').text('en') });
  return {
    agents: answer.list('agents').map((row) => ({ id: row.text('id'), name: row.text('name'), free: row.flag('free') })),
    queues: answer.list('queues').map((row) => ({ id: row.text('id'), label: label(row), waiting: row.number('waiting') })),
    departments: answer.list('departments').map((row) => ({ id: row.text('id'), label: label(row), free: row.flag('free') })),
  };
}

/** Of the WebSocket with an agent's news. */
export const DESK_PATH = '/api/v1/agent/socket';
