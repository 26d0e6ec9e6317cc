import { Document } from 'yaml';
import type { Value } from '../../domain/value.ts';
import type { Deed, Play, Played, Wait } from '../playing/play.ts';
import { whomOf } from './call.ts';
import type { Heard } from './hearing.ts';
import { nameOfLookUp } from './look-ups.ts';
import type { PlayedCall, PlayedStep } from './played-call.ts';
import { joined } from './record-keys.ts';

/**
 * Writes a scenario file of a call that was played; run, it goes as the call went. Keys typed at a secret question are
 * written as well, for without them it is another call.
 */
export function writeScenario(call: PlayedCall, name: string): string {
  return [
    '# yaml-language-server: $schema=schema/scenario.schema.json',
    `flow: ${call.flow}`,
    'scenarios:',
    ...scenarioLines(call, name).map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** The one scenario, as an item of the list `scenarios:`. `sayDirection`: who calls stands there in any case. */
export function scenarioLines({ trigger, world, steps }: PlayedCall, name: string, sayDirection = false): readonly string[] {
  const head = {
    name,
    language: trigger.language,
    at: new Date(world.now).toISOString(),
    ...(sayDirection || trigger.kind === 'outbound' ? { direction: trigger.kind } : {}),
    caller: trigger.ani,
    dialled: trigger.did,
    ...(Object.keys(trigger.params).length === 0 ? {} : { params: trigger.params }),
    random: world.random,
    ...present('lookUps', lookUpsOf(steps)),
    ...present('faults', faultsOf(steps)),
  };
  return [
    ...Object.entries(head).map(([key, value], at) => `${at === 0 ? '- ' : '  '}${key}: ${inline(value)}`),
    '  steps:',
    ...written(steps).map((step) => `    - ${typeof step === 'string' ? step : pair(step)}`),
  ];
}

type WrittenStep = string | readonly [name: string, value: Value];

function present(key: string, value: Value): Record<string, Value> {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0 ? { [key]: value } : {};
}

/** A value on one line. */
function inline(value: Value): string {
  return new Document(value).toString({ collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim();
}

function pair([name, value]: readonly [string, Value]): string {
  return `${name}: ${inline(value)}`;
}

/** What was done and heard in turns; the answers of look-ups belong to the turn in which they were asked for. */
function written(steps: readonly PlayedStep[]): WrittenStep[] {
  const lines: WrittenStep[] = [];
  let heard: Heard[] = [];
  let end: Played | undefined;
  const tell = (): void => {
    lines.push(['hearsOnly', heard.map(promptOf)]);
    heard = [];
  };
  for (const { at, deed, played, waitedMs = 0 } of joined(steps)) {
    if (waitedMs > 0) lines.push(['waits', `${waitedMs}ms`]);
    if (deed !== null && deed.kind !== 'result') {
      tell();
      lines.push(deedOf(deed, at));
    }
    end = played;
    heard.push(...played.happenings.filter((one) => one.kind === 'heard'));
  }
  const last = end?.play;
  if (last?.end?.by !== 'caller') tell();
  if (last !== undefined && hungUp(last)) lines.push('flow hangs up');
  return lines;
}

function hungUp({ end }: Play): boolean {
  return end?.by === 'flow';
}

function promptOf({ key, item }: Heard): Value {
  if (key !== null && item.key !== null) return key;
  return key === null ? { text: item.text } : { key, text: item.text };
}

function deedOf(deed: Exclude<Deed, { kind: 'result' }>, at: Wait | null): WrittenStep {
  switch (deed.kind) {
    case 'press':
      return ['presses', deed.keys.join('')];
    case 'silence':
      return 'says nothing';
    case 'hang-up':
      return deed.talked === true ? 'hangs up after a talk' : 'hangs up';
    case 'recorded':
      return [
        'records',
        deed.outcome.kind === 'ok' ? `${deed.outcome.durationMs}ms` : deed.outcome.kind === 'empty' ? 'nothing' : 'failed',
      ];
    case 'dialled':
      return ['transfer', at?.kind === 'dialling' ? { to: whomOf(at.command), outcome: deed.outcome } : deed.outcome];
    case 'queued':
      return ['queue', queueStepOf(deed, at)];
  }
}

function queueStepOf(deed: Deed & { kind: 'queued' }, at: Wait | null): Value {
  const to = at?.kind === 'queueing' ? { to: at.command.queue } : {};
  const key = deed.key === null ? {} : { key: deed.key };
  const waits = deed.waitedMs === 0 ? {} : { waits: `${deed.waitedMs}ms` };
  const talks = deed.talkMs === 0 ? {} : { talks: `${deed.talkMs}ms` };
  return { ...to, outcome: deed.how, ...key, ...waits, ...talks };
}

function lookUpsOf(steps: readonly PlayedStep[]): Record<string, Value[]> {
  const given: Record<string, Value[]> = {};
  for (const { at, deed } of steps) {
    if (deed?.kind !== 'result' || at?.kind !== 'look-up') continue;
    const name = nameOfLookUp(at.command);
    (given[name] ??= []).push({ ...answerOf(deed.outcome), ...(deed.afterMs === 0 ? {} : { after: `${deed.afterMs}ms` }) });
  }
  return given;
}

/** A status that nobody knows any more is a server's error. */
const SOME_STATUS = 500;

function answerOf(outcome: (Deed & { kind: 'result' })['outcome']): Record<string, Value> {
  const status: Record<string, Value> = outcome.status === undefined ? {} : { status: outcome.status };
  if (outcome.kind === 'ok') return { answer: outcome.value, ...status };
  return outcome.reason === 'status' ? { status: outcome.status ?? SOME_STATUS } : { error: outcome.reason };
}

function faultsOf(steps: readonly PlayedStep[]): string[] {
  const codes = steps.flatMap(({ played }) =>
    played.happenings.flatMap((one) => (one.kind === 'event' && one.event.kind === 'fault' ? [one.event.code] : [])),
  );
  return [...new Set(codes)];
}
