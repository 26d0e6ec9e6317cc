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
import { isFlowFile } from '../../src/files/definition-files.ts';
import { ACTIONS } from '../../src/flow/actions.ts';
import { parseCatalogue } from '../../src/flow/catalogue.ts';
import { checkRelease, type Problem } from '../../src/flow/check.ts';
import type { Command, QueuedEnd } from '../../src/flow/commands.ts';
import { parseMessages } from '../../src/flow/message-catalogue.ts';
import { type Deed, fits, type Happening, type Play, type Played, type ResultOutcome } from '../../src/flow/playing/play.ts';
import { beginPlay, goOn } from '../../src/flow/playing/player.ts';
import type { Release } from '../../src/flow/release.ts';
import type { Session } from '../../src/flow/session.ts';
import type { World } from '../../src/flow/world.ts';
import type { ActionHandler } from '../../src/ports/actions.ts';
import type { HttpClient } from '../../src/ports/http-client.ts';
import { requestForFlow } from '../../src/services/calls/work.ts';
import { createDealers } from '../../src/services/dealers/dealers.ts';
import { actionContext } from '../kit/action-context.ts';
import type { Office } from '../kit/appointment-office.ts';
import { shippedSurveys } from '../kit/surveys.ts';
import { SWITCHED_OFF } from '../kit/switched-off.ts';
import { memoryDealerStore, silentLog } from '../services/dealers/fakes.ts';

const BRAND = 'santral' as BrandId;

function yamlFiles(folder: string) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => ({ path: path.join(folder, name), text: readFileSync(path.join(folder, name), 'utf8') }));
}

/** The flows, prompts and calendars that Santral is shipped with. `compile`: the checker to use, the sources' own when not said. */
export function shippedRelease(
  settleMs = 300,
  compile = checkRelease,
): { readonly release: Release; readonly problems: readonly Problem[] } {
  const files = yamlFiles('flows').filter(({ path: file }) => isFlowFile(path.basename(file)));
  const catalogue = parseCatalogue(yamlFiles('sounds'));
  const { calendars, problems } = parseCalendars(yamlFiles('flows/calendars'));
  const messages = parseMessages(yamlFiles('flows/messages'));
  const rest = { actions: ACTIONS, recordings: new Set<string>(), settleMs, messages: messages.entries };
  const checked = compile({ files, catalogue: catalogue.entries, calendars, ...rest });
  const release: Release = { id: 1, flows: checked.flows, catalogue: catalogue.entries, calendars };
  return { release, problems: [...problems, ...catalogue.problems, ...messages.problems, ...checked.problems] };
}

const shipped = shippedRelease();
let calls = 0;

const NOBODY: HttpClient = { request: async () => ({ kind: 'error', reason: 'unreachable' }) };

export interface CallOptions {
  readonly flow: string;
  readonly language?: Language;
  /** Local time in Istanbul: `2026-11-23T10:00`. A Monday morning when not said. */
  readonly at?: string;
  readonly params?: ValueMap;
  /** Who called whom; the caller the house when not said. */
  readonly direction?: 'inbound' | 'outbound';
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
  /** The same, with what keys pressed ahead cut before it was heard. */
  readonly said: readonly string[];
  readonly waiting: Command | { readonly kind: 'hangup' };
  readonly session: Session;
  readonly faults: readonly string[];
  /** The requests of the flow since the last thing the caller did, as the engine is told to make them. */
  readonly asked: readonly HttpCommand[];
  press(keys: string): Promise<PlayedCall>;
  silence(): Promise<PlayedCall>;
  dialled(outcome: DialOutcome): Promise<PlayedCall>;
  queued(how: QueuedEnd): Promise<PlayedCall>;
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
  const call = { id: `call_${calls}` as CallId, sessionId, person: ani, language };
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
    kind: options.direction ?? ('inbound' as const),
    sessionId,
    callId: call.id,
    brand: BRAND,
    did: '1000',
    ani,
    language,
    params: options.params ?? {},
  };
  const http = options.http ?? NOBODY;
  // As on a call, with its tries; the pauses between them take no time.
  const clock = { now: () => now, setTimer: (_ms: number, fire: () => void) => (queueMicrotask(fire), () => undefined) };
  const deps = { http, clock, actions: {}, log: silentLog() };
  const ask: Around['ask'] = (command) =>
    requestForFlow(deps, command, `${sessionId}-${command.step}`, new AbortController().signal) as Promise<ResultOutcome>;
  return playOn(beginPlay(options.flow, trigger, world), { world, act, ask });
}

type HttpCommand = Command & { kind: 'http' };

interface Around {
  readonly world: World;
  readonly act: (command: Command & { kind: 'action' }) => Promise<Value>;
  readonly ask: (command: HttpCommand) => Promise<ResultOutcome>;
}

/** Looks up what is asked for, until the caller, or somebody who is dialled, has to do something. */
async function playOn(first: Played, around: Around): Promise<PlayedCall> {
  const happenings = [...first.happenings];
  const asked: HttpCommand[] = [];
  let { play } = first;
  while (play.wait.kind === 'look-up') {
    const { command } = play.wait;
    if (command.kind === 'http') asked.push(command);
    const outcome = command.kind === 'http' ? await around.ask(command) : await acted(command, around);
    const next = goOn(play, { kind: 'result', outcome, afterMs: 0 }, around.world);
    happenings.push(...next.happenings);
    play = next.play;
  }
  return playedCall(play, { happenings, asked }, around);
}

function acted(command: Command & { kind: 'action' }, { act }: Around): Promise<ResultOutcome> {
  return act(command).then(
    (value) => ({ kind: 'ok', value }),
    () => ({ kind: 'error', reason: 'failed' }),
  );
}

function playedCall(
  play: Play,
  { happenings, asked }: { readonly happenings: readonly Happening[]; readonly asked: readonly HttpCommand[] },
  around: Around,
): PlayedCall {
  const go = (deed: Deed) => {
    if (!fits(play.wait, deed)) throw new Error(`${deed.kind} is not asked for: ${play.wait.kind}`);
    return playOn(goOn(play, deed, around.world), around);
  };
  return {
    heard: happenings.flatMap((one) => (one.kind === 'heard' ? [words(one)] : [])),
    said: happenings.flatMap((one) => (one.kind === 'heard' || one.kind === 'unheard' ? [words(one)] : [])),
    waiting: 'command' in play.wait ? play.wait.command : { kind: 'hangup' },
    session: play.session,
    faults: happenings.flatMap((one) =>
      one.kind === 'event' && one.event.kind === 'fault' ? [`${one.event.node}: ${one.event.message}`] : [],
    ),
    asked,
    press: (keys) => go({ kind: 'press', keys: [...keys] as Key[], more: false }),
    silence: () => go({ kind: 'silence' }),
    queued: (how) => go({ kind: 'queued', how, key: null, waitedMs: 60_000, talkMs: how === 'served' ? 60_000 : 0, agent: null }),
    dialled: (outcome) => go({ kind: 'dialled', outcome, sipCode: null, talkMs: outcome === 'answered' ? 60_000 : 0 }),
    recorded: (kind) => go({ kind: 'recorded', outcome: kind === 'ok' ? { kind, name: 'rec', durationMs: 3000 } : { kind } }),
  };
}

function words({ key, item }: Happening & { kind: 'heard' | 'unheard' }): string {
  return `${item.language} ${key ?? 'inline'}${item.key === null ? `: ${item.text}` : ''}`;
}
