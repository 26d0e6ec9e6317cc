import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { surveysInMemory } from '../../src/cli/memory-surveys.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import { parseCalendars } from '../../src/domain/calendar-file.ts';
import type { DialOutcome } from '../../src/domain/dial-outcome.ts';
import type { CallId, SessionId } from '../../src/domain/ids.ts';
import type { Key } from '../../src/domain/keys.ts';
import type { Language } from '../../src/domain/language.ts';
import type { Value, ValueMap } from '../../src/domain/value.ts';
import { ACTIONS } from '../../src/flow/actions.ts';
import { parseCatalogue } from '../../src/flow/catalogue.ts';
import { checkRelease, type Problem } from '../../src/flow/check.ts';
import type { CollectEnd, Command, FlowEvent, Input } from '../../src/flow/commands.ts';
import { resume, start, type Turn } from '../../src/flow/interpreter.ts';
import { matchKey, matchTimeout } from '../../src/flow/matching.ts';
import { parseMessages } from '../../src/flow/message-catalogue.ts';
import type { Release } from '../../src/flow/release.ts';
import type { Session } from '../../src/flow/session.ts';
import type { ActionHandler } from '../../src/ports/actions.ts';
import type { HttpClient, HttpOutcome } from '../../src/ports/http-client.ts';
import { createDealers } from '../../src/services/dealers/dealers.ts';
import { actionContext } from '../kit/action-context.ts';
import type { Office } from '../kit/appointment-office.ts';
import { shippedSurveys } from '../kit/surveys.ts';
import { memoryDealerStore, silentLog } from '../services/dealers/fakes.ts';

/** Files of `flows/` that are no flows. */
const OTHERS = /(?:numbers|connectors|senders|webhooks)\.yaml$|\.test\.yaml$/;

const BRAND = 'santral' as BrandId;

function yamlFiles(folder: string) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => ({ path: path.join(folder, name), text: readFileSync(path.join(folder, name), 'utf8') }));
}

/** The flows, prompts and calendars that Santral is shipped with. */
export function shippedRelease(settleMs = 300): { readonly release: Release; readonly problems: readonly Problem[] } {
  const files = yamlFiles('flows').filter(({ path: file }) => !OTHERS.test(file));
  const catalogue = parseCatalogue(yamlFiles('sounds'));
  const { calendars, problems } = parseCalendars(yamlFiles('flows/calendars'));
  const messages = parseMessages(yamlFiles('flows/messages'));
  const rest = { actions: ACTIONS, recordings: new Set<string>(), settleMs, messages: messages.entries };
  const checked = checkRelease({ files, catalogue: catalogue.entries, calendars, ...rest });
  const release: Release = { id: 1, flows: checked.flows, catalogue: catalogue.entries, calendars };
  return { release, problems: [...problems, ...catalogue.problems, ...messages.problems, ...checked.problems] };
}

const shipped = shippedRelease();
let calls = 0;

/** Nobody ever touched a switch. */
const SWITCHED_OFF: Readonly<Record<string, ActionHandler>> = { 'switches.get': async () => ({ on: false, tr: '', en: '' }) };
const NOBODY: HttpClient = { request: async () => ({ kind: 'error', reason: 'unreachable' }) };

export interface CallOptions {
  readonly flow: string;
  readonly language?: Language;
  /** Local time in Istanbul: `2026-11-23T10:00`. A Monday morning when not said. */
  readonly at?: string;
  readonly params?: ValueMap;
  /** false: the brand has no dealers; away: looking them up fails. */
  readonly dealers?: 'demo' | 'none' | 'away';
  /** The caller's number; empty when withheld. */
  readonly ani?: string;
  /** Who keeps the appointments; nobody can be reached when not said. Its clock is set to the call's. */
  readonly office?: Office | undefined;
  /** Who answers requests; nobody when not said. */
  readonly http?: HttpClient;
  /** How the switches stand and change; off and out of reach of the telephone when not said. */
  readonly switches?: Readonly<Record<string, ActionHandler>>;
}

/** One call played without a telephone: what was heard since the last thing the caller did, and what the flow waits for. */
export interface PlayedCall {
  /** `tr main.menu`, or `tr dealer.read: …` with its words where the prompt holds values. */
  readonly heard: readonly string[];
  readonly waiting: Command;
  readonly session: Session;
  readonly faults: readonly string[];
  press(keys: string): Promise<PlayedCall>;
  silence(): Promise<PlayedCall>;
  dialled(outcome: DialOutcome): Promise<PlayedCall>;
  recorded(kind: 'ok' | 'empty' | 'failed'): Promise<PlayedCall>;
}

export async function placeCall(options: CallOptions): Promise<PlayedCall> {
  const dealers = createDealers({ stores: { dealers: memoryDealerStore() }, clock: { now: () => 0 }, log: silentLog() });
  if (options.dealers !== 'none') await dealers.importCsv(BRAND, readFileSync('flows/demo/dealers.csv'), { dryRun: false });
  const now = Date.parse(`${options.at ?? '2026-11-23T10:00'}:00+03:00`);
  const { ani = '+905550000001', language = 'tr', office, switches = SWITCHED_OFF } = options;
  if (office !== undefined) office.clock.time = now;
  calls += 1;
  const sessionId = `ses_${calls}` as SessionId;
  const call = { id: `call_${calls}` as CallId, sessionId, ani, language };
  const actions = { ...dealers.actions, ...surveysInMemory(shippedSurveys(), BRAND), ...office?.appointments.actions, ...switches };
  const act = async ({ action, params, step }: Command & { kind: 'action' }): Promise<Value> => {
    const handler = actions[action];
    const away = options.dealers === 'away' && !(action in switches);
    if (away || handler === undefined) throw new Error('away');
    return handler(params, actionContext({ brand: BRAND, call, idempotencyKey: `${sessionId}-${step}` }));
  };
  const world = {
    now,
    zone: 'Europe/Istanbul',
    release: shipped.release,
    limits: { maxTransitions: 100, maxSubflowDepth: 8, maxTextLength: 2000, maxSessionBytes: 262_144 },
    random: 0.5,
  };
  const trigger = {
    kind: 'inbound' as const,
    sessionId,
    callId: call.id,
    brand: BRAND,
    did: '1000',
    ani,
    language,
    params: options.params ?? {},
  };
  const http = options.http ?? NOBODY;
  const ask: Ask = ({
    kind: _kind,
    step: _step,
    filler: _filler,
    fillerAfterMs: _after,
    retries: _retries,
    onHangup: _onHangup,
    ...wanted
  }) => http.request({ ...wanted, signal: new AbortController().signal });
  const play = new Playing((session, input) => resume(session, input, world), act, ask);
  return play.run(start(options.flow, trigger, world));
}

type Ask = (command: Command & { kind: 'http' }) => Promise<HttpOutcome>;

class Playing {
  private readonly step: (session: Session, input: Input) => Turn;
  private readonly act: (command: Command & { kind: 'action' }) => Promise<Value>;

  private readonly ask: Ask;

  constructor(step: (session: Session, input: Input) => Turn, act: (command: Command & { kind: 'action' }) => Promise<Value>, ask: Ask) {
    this.step = step;
    this.act = act;
    this.ask = ask;
  }

  /** Goes on until the caller, or somebody who is dialled, has to do something. */
  async run(turn: Turn): Promise<PlayedCall> {
    const heard: string[] = [];
    const faults: string[] = [];
    for (let now = turn; ; ) {
      heard.push(...now.events.flatMap((event) => wordsOf(event, now.command)));
      faults.push(...now.events.flatMap((event) => (event.kind === 'fault' ? [`${event.node}: ${event.message}`] : [])));
      const { command } = now;
      if (command === null) throw new Error('the call ended without a hangup');
      const input = await this.answer(command);
      // What is stored between two steps is JSON, so that is what has to be enough.
      const session = JSON.parse(JSON.stringify(now.session)) as Session;
      if (input === null) return this.played(session, command, heard, faults);
      now = this.step(session, input);
    }
  }

  private async answer(command: Command): Promise<Input | null> {
    switch (command.kind) {
      case 'answer':
        return { kind: 'answered', step: command.step };
      case 'play':
        return { kind: 'finished', step: command.step, heard: 'all' };
      case 'action':
        return this.act(command).then(
          (value) => ({ kind: 'result', step: command.step, outcome: { kind: 'ok', value } }),
          () => ({ kind: 'result', step: command.step, outcome: { kind: 'error', reason: 'failed' } }),
        );
      case 'http':
        return this.ask(command).then((outcome) => ({ kind: 'result', step: command.step, outcome }));
      default:
        return null;
    }
  }

  private played(session: Session, waiting: Command, heard: readonly string[], faults: readonly string[]): PlayedCall {
    const go = (input: Input) => this.run(this.step(session, input));
    const { step } = waiting;
    return {
      heard,
      waiting,
      session,
      faults,
      press: (keys) => go({ kind: 'digits', step, ...typed(waiting, keys) }),
      silence: () => go({ kind: 'silence', step }),
      dialled: (outcome) => go({ kind: 'dialled', step, outcome, sipCode: null, talkMs: outcome === 'answered' ? 60_000 : 0 }),
      recorded: (kind) => go({ kind: 'recorded', step, outcome: kind === 'ok' ? { kind, name: 'rec', durationMs: 3000 } : { kind } }),
    };
  }
}

/** What the collecting command makes of these keys, pressed quickly and followed by silence. */
function typed(command: Command, keys: string): { digits: string; end: CollectEnd } {
  if (command.kind !== 'collect') throw new Error(`keys are not asked for: ${command.kind}`);
  let digits = '';
  for (const key of keys) {
    const verdict = matchKey(command.spec, digits, key as Key);
    if (verdict.kind === 'done') return { digits: verdict.digits, end: verdict.end };
    if (verdict.kind !== 'ignored') digits += key;
  }
  const verdict = matchTimeout(command.spec, digits);
  if (verdict.kind !== 'done') throw new Error(`the keys ${keys} mean nothing`);
  return { digits: verdict.digits, end: verdict.end };
}

function wordsOf(event: FlowEvent, command: Command | null): string[] {
  if (event.kind !== 'prompt') return [];
  const items = command !== null && 'items' in command ? command.items : [];
  return event.keys.map((key, index) => {
    const item = items[index];
    const fixed = item === undefined || item.key !== null;
    return `${item?.language ?? event.language} ${key ?? 'inline'}${fixed ? '' : `: ${item.text}`}`;
  });
}
