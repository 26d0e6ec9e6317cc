import type { BrandId } from '../../domain/brand.ts';
import type { CallId, SessionId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import { instantIn } from '../../domain/zone-time.ts';
import { type Deed, fits, type Play, type Played } from '../playing/play.ts';
import { beginPlay, goOn } from '../playing/player.ts';
import type { Release } from '../release.ts';
import type { Trigger } from '../session.ts';
import type { FlowLimits, World } from '../world.ts';
import { nothingObserved, type Observed, observe, sayWait, whomOf } from './call.ts';
import { compare } from './expectations.ts';
import { compareHeard, type Difference } from './hearing.ts';
import { answerAt, askedWith, givenFor, holds, nameOfLookUp } from './look-ups.ts';
import type { ScenarioFailure, ScenarioResult } from './report.ts';
import type { Place, PlacedStep, Scenario } from './scenario.ts';
import { oneLine } from './words.ts';

/** What scenarios are run with. */
export interface ScenarioWorld {
  readonly release: Release;
  /** The brand's zone, IANA. */
  readonly zone: string;
  readonly brand: BrandId;
  readonly limits: FlowLimits;
  readonly typeAheadKeys: number;
}

/** A scenario's result, and what it walked through. */
export interface ScenarioRun {
  readonly result: ScenarioResult;
  readonly observed: Pick<Observed, 'nodes' | 'exits'>;
}

/** How long people talk where a step does not say; the clock stands still then. */
const SHORT_TALK_MS = 60_000;

/** Lines of a failure's transcript: enough to see where it went otherwise. */
const TRANSCRIPT_LINES = 14;

/** Runs one scenario in one language. Pure: the same every time. Never throws. */
export function runScenario(flow: string, scenario: Scenario, language: Language, world: ScenarioWorld): ScenarioRun {
  const running: Running = {
    flow,
    scenario,
    language,
    now: instantIn(world.zone, scenario.at) ?? 0,
    askings: new Map(),
    observed: nothingObserved(),
    world,
  };
  const failure = play(running, triggerOf(scenario, language, world));
  const { observed } = running;
  const { file, line } = scenario.place;
  const transcript = failure === null ? [] : observed.transcript.slice(-TRANSCRIPT_LINES);
  return { result: { flow, name: scenario.name, language, file, line, failure, transcript }, observed };
}

/** A scenario while it runs. */
interface Running {
  readonly flow: string;
  readonly scenario: Scenario;
  /** The call began in it. */
  readonly language: Language;
  readonly world: ScenarioWorld;
  readonly observed: Observed;
  /** How often each given look-up was asked. */
  readonly askings: Map<string, number>;
  now: number;
}

/** Where a difference is told. */
interface At {
  readonly place: Place;
  readonly written: string;
}

/** Steps one after the other, then the caller hangs up. */
function play(running: Running, trigger: Trigger): ScenarioFailure | null {
  const { scenario, observed } = running;
  const start: At = { place: scenario.place, written: `name: ${scenario.name}` };
  const placed = settle(running, beginPlay(running.flow, trigger, worldOf(running), running.world.typeAheadKeys), start);
  if ('failure' in placed) return placed.failure;
  let call = placed.play;
  for (const one of scenario.steps) {
    const after = take(running, call, one);
    if ('failure' in after) return after.failure;
    call = after.play;
  }
  const last = settle(running, goOn(call, { kind: 'hang-up' }, worldOf(running)), scenario.steps.at(-1) ?? start);
  if ('failure' in last) return last.failure;
  const met = new Set<string>(observed.faults.map(({ code }) => code));
  const missed = scenario.faults.find((code) => !met.has(code));
  if (missed === undefined) return null;
  return failed(start, { message: `the fault ${missed} was not met`, expected: missed, actual: [...met].join(', ') || 'no fault' });
}

type After = { readonly play: Play } | { readonly failure: ScenarioFailure };

function failed({ place, written }: At, { message, expected, actual }: Difference): ScenarioFailure {
  return { line: place.line, column: place.column, step: written, message, expected, actual };
}

function take(running: Running, call: Play, placed: PlacedStep): After {
  const { step } = placed;
  const { observed } = running;
  switch (step.kind) {
    case 'presses':
      return act(running, call, placed, { kind: 'press', keys: step.keys[running.language], more: false });
    case 'says-nothing':
      return act(running, call, placed, { kind: 'silence' });
    case 'hangs-up':
      return act(running, call, placed, step.talked ? { kind: 'hang-up', talked: true } : { kind: 'hang-up' });
    case 'records':
      return act(running, call, placed, { kind: 'recorded', outcome: step.outcome });
    case 'queue':
      return queue(running, call, placed, step);
    case 'transfer':
      return transfer(running, call, placed, step);
    case 'waits':
      running.now += step.ms;
      return { play: call };
    case 'hears': {
      const hearing = compareHeard(step, observed.heard, observed.next);
      if (hearing.kind === 'otherwise') return { failure: failed(placed, hearing) };
      observed.next = hearing.next;
      return { play: call };
    }
    case 'flow-hangs-up':
      if (call.wait.kind === 'ended' && call.wait.by === 'flow') return { play: call };
      return {
        failure: failed(placed, { message: 'the flow does not hang up', expected: 'the flow hangs up', actual: sayWait(call.wait) }),
      };
    case 'expect': {
      const difference = compare(step.expectation, observed, call, running.flow);
      return difference === null ? { play: call } : { failure: failed(placed, difference) };
    }
  }
}

function transfer(running: Running, call: Play, placed: PlacedStep, step: PlacedStep['step'] & { kind: 'transfer' }): After {
  const { wait } = call;
  if (wait.kind === 'dialling' && step.to !== null && whomOf(wait.command) !== step.to)
    return { failure: failed(placed, { message: 'another number is dialled', expected: step.to, actual: whomOf(wait.command) }) };
  const talkMs = step.outcome === 'answered' ? (step.talkMs ?? SHORT_TALK_MS) : 0;
  return act(running, call, placed, { kind: 'dialled', outcome: step.outcome, sipCode: null, talkMs }, step.talkMs ?? 0);
}

function queue(running: Running, call: Play, placed: PlacedStep, step: PlacedStep['step'] & { kind: 'queue' }): After {
  const { wait } = call;
  if (wait.kind === 'queueing' && step.to !== null && wait.command.queue !== step.to)
    return { failure: failed(placed, { message: 'it waits in another queue', expected: step.to, actual: wait.command.queue }) };
  const { outcome: how, key, waitedMs } = step;
  const talkMs = how === 'served' ? step.talkMs : 0;
  return act(running, call, placed, { kind: 'queued', how, key, waitedMs, talkMs, agent: null }, waitedMs + talkMs);
}

/** What a deed is for, as people say it. */
const WANTED: { readonly [K in Deed['kind']]: string } = {
  press: 'the call waits for keys',
  silence: 'the call waits for keys',
  'hang-up': 'the call is up',
  recorded: 'the call records the caller',
  result: 'the call looks something up',
  dialled: 'the call dials somebody',
  queued: 'the call waits in a queue',
};

/** Does something and plays on to the next wait. `takesMs`: how long it takes on the scenario's clock. */
function act(running: Running, call: Play, placed: PlacedStep, deed: Deed, takesMs = 0): After {
  const { observed } = running;
  // While somebody else has the caller's ear, keys go nowhere: no scenario means that.
  if (!fits(call.wait, deed) || (deed.kind === 'press' && call.wait.kind === 'dialling'))
    return { failure: failed(placed, { message: 'this step does not fit here', expected: WANTED[deed.kind], actual: sayWait(call.wait) }) };
  observed.heard = [];
  observed.next = 0;
  observed.transcript.push({ who: 'caller', text: placed.written });
  running.now += takesMs;
  return settle(running, goOn(call, deed, worldOf(running)), placed);
}

/** Answers look-ups by what is given, until the call waits for somebody. */
function settle(running: Running, first: Played, at: At): After {
  let played = first;
  for (;;) {
    observe(running.observed, played.happenings, played.play);
    const { play: call } = played;
    const trouble = troubleOf(running, call);
    if (trouble !== null) return { failure: failed(at, trouble) };
    if (call.wait.kind !== 'look-up') return { play: call };
    const answer = answerTo(running, call.wait.command);
    if ('failure' in answer) return { failure: answer.failure ?? failed(at, answer.difference) };
    played = goOn(call, answer.deed, worldOf(running));
  }
}

/** An unexpected fault, or a call without end. */
function troubleOf({ scenario, observed }: Running, { wait }: Play): Difference | null {
  const unexpected = observed.faults.find(({ code }) => !scenario.faults.includes(code));
  if (unexpected !== undefined) {
    const { flow, node, code, message } = unexpected;
    return { message: `the flow met a fault at ${flow}/${node}`, expected: 'no fault', actual: `${code}: ${message}` };
  }
  return wait.kind === 'endless' ? { message: 'the flow goes on without end', expected: 'a wait or an end', actual: sayWait(wait) } : null;
}

type Answer = { readonly deed: Deed } | { readonly failure: ScenarioFailure | null; readonly difference: Difference };

function answerTo(running: Running, command: Extract<Play['wait'], { kind: 'look-up' }>['command']): Answer {
  const name = nameOfLookUp(command);
  const given = givenFor(running.scenario.lookUps, command);
  if (given === undefined) {
    const difference = {
      message: `no answer is given for ${name}`,
      expected: `lookUps: { ${name}: … }`,
      actual: oneLine(askedWith(command)),
    };
    return { failure: null, difference };
  }
  const nth = running.askings.get(given.name) ?? 0;
  running.askings.set(given.name, nth + 1);
  const answer = answerAt(given, nth);
  if (answer.with !== null && !holds(answer.with, askedWith(command))) {
    const difference = {
      message: `${name} is asked with something else`,
      expected: oneLine(answer.with),
      actual: oneLine(askedWith(command)),
    };
    return { failure: failed({ place: answer.place, written: `lookUps: ${given.name}` }, difference), difference };
  }
  running.now += answer.afterMs;
  return { deed: { kind: 'result', outcome: answer.outcome, afterMs: answer.afterMs } };
}

function worldOf({ world, scenario, now }: Running): World {
  return { now, zone: world.zone, release: world.release, limits: world.limits, random: scenario.random };
}

function triggerOf({ direction, dialled, caller, params }: Scenario, language: Language, { brand }: ScenarioWorld): Trigger {
  return {
    kind: direction,
    sessionId: 'ses_scenario' as SessionId,
    callId: 'call_scenario' as CallId,
    brand,
    did: dialled,
    ani: caller,
    language,
    params,
  };
}
