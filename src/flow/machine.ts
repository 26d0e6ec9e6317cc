import type { Language } from '../domain/language.ts';
import { isValueMap, type Value, type ValueMap } from '../domain/value.ts';
import type { Command, Effect, FlowEvent, PromptItem } from './commands.ts';
import type { CompiledFlow, CompiledNode } from './compiled.ts';
import { Fault } from './fault.ts';
import type { FilterContext } from './filters.ts';
import { Scope } from './scope.ts';
import type { CallEnd, Frame, Session, Trigger } from './session.ts';
import type { World } from './world.ts';

/** The session opened for one turn: changed in place, then closed into a new session. Lives only inside a turn. */
export interface Machine {
  readonly world: World;
  readonly trigger: Trigger;
  /** The step of the wait that this turn ends in. */
  readonly step: number;
  readonly events: FlowEvent[];
  readonly effects: Effect[];
  /** The levels below the top one. */
  below: readonly Frame[];
  top: { -readonly [K in keyof Frame]: Frame[K] };
  /** The compiled forms of `top.flow` and `top.node`; null before the first node and when the release lacks them. */
  flow: CompiledFlow | null;
  node: CompiledNode | null;
  language: Language;
  /** When the call has lasted as long as its flow allows; null: without limit, or past it. */
  until: number | null;
  answered: boolean;
  talked: boolean;
  transitions: number;
  lastPrompt: readonly PromptItem[];
  waiting: Command | null;
  /** Messages and notes of this session so far. */
  caused: number;
  /** Set in the after-call section. */
  end: CallEnd | null;
  scope: Scope | null;
}

const NOTHING_BELOW: readonly Frame[] = Object.freeze([]);
export const NO_COUNTERS: Readonly<Record<string, number>> = Object.freeze({});

/** Opens a stored session. */
export function openMachine(session: Session, world: World, top: Frame, flow: CompiledFlow | null): Machine {
  return {
    world,
    trigger: session.trigger,
    step: session.step + 1,
    events: [],
    effects: [],
    below: session.stack.length === 1 ? NOTHING_BELOW : session.stack.slice(0, -1),
    top: { flow: top.flow, node: top.node, counters: top.counters, local: top.local, vars: top.vars },
    flow,
    node: flow?.nodes.get(top.node) ?? null,
    language: session.language,
    until: session.until ?? null,
    answered: session.answered,
    talked: session.talked ?? false,
    transitions: session.transitions,
    lastPrompt: session.lastPrompt,
    waiting: session.waiting,
    caused: session.caused ?? 0,
    end: session.end ?? null,
    scope: null,
  };
}

/** The session at its next wait, or ended when there is no command. */
export function closeMachine(m: Machine, command: Command | null): Session {
  const ended = command === null;
  return {
    v: 1,
    trigger: m.trigger,
    release: m.world.release.id,
    step: m.step,
    status: ended ? 'ended' : m.end === null ? 'active' : 'after-call',
    ...(m.end === null ? {} : { end: m.end }),
    ...(m.until === null ? {} : { until: m.until }),
    answered: m.answered,
    ...(m.talked ? { talked: true } : {}),
    language: m.language,
    stack: ended ? [] : m.below.length === 0 ? [m.top] : [...m.below, m.top],
    waiting: command,
    transitions: m.transitions,
    ...(m.caused === 0 ? {} : { caused: m.caused }),
    lastPrompt: ended ? [] : m.lastPrompt,
  };
}

/** The names that expressions and templates of the current level read. */
export function scopeOf(m: Machine): Scope {
  if (m.scope !== null) return m.scope;
  const { trigger } = m;
  m.scope = new Scope(m.top.vars, {
    did: trigger.did,
    ani: trigger.ani,
    language: m.language,
    brand: trigger.brand,
    direction: trigger.kind,
    talked: m.talked ? 'yes' : 'no',
    ended: m.end?.how ?? '',
    lastNode: m.end?.node ?? '',
    lateResult: m.end?.late ?? '',
  });
  return m.scope;
}

export function filterContext(m: Machine, language: Language = m.language): FilterContext {
  return { language, zone: m.world.zone, now: m.world.now };
}

/** Sets a variable of the current level. Faults when it is too long or the session would grow too large. */
export function assign(m: Machine, name: string, value: Value): void {
  const { maxTextLength, maxSessionBytes } = m.world.limits;
  if (typeof value === 'string' && value.length > maxTextLength)
    throw new Fault('text-too-long', `${name}: longer than ${maxTextLength} characters`);
  const vars = { ...m.top.vars, [name]: value };
  // Commands and prompts of a session take room too: the variables get half of it.
  if (
    typeof value === 'object' &&
    value !== null &&
    sizeOfMap(vars) + m.below.reduce((sum, frame) => sum + sizeOf(frame.vars), 0) > maxSessionBytes / 2
  )
    throw new Fault('value-too-large', `${name}: the session would grow beyond ${maxSessionBytes} bytes`);
  m.top.vars = vars;
  m.scope = null;
}

/** Values are never changed in place, so what was measured once stays; small ones are measured sooner than looked up. */
const sizes = new WeakMap<object, number>();
const SMALL = 200;

/** About the bytes of a value as JSON: not less than what it takes in the languages of Europe, within twice that in any. */
export function sizeOf(value: Value): number {
  switch (typeof value) {
    case 'string':
      return value.length * 2 + 2;
    case 'object': {
      if (value === null) return 4;
      const known = sizes.get(value);
      if (known !== undefined) return known;
      let size = 2;
      if (isValueMap(value)) size = sizeOfMap(value);
      else for (const item of value as readonly Value[]) size += 1 + sizeOf(item);
      if (size > SMALL) sizes.set(value, size);
      return size;
    }
    case 'number':
      return Number.isSafeInteger(value) ? 17 : 25;
    default:
      return 5;
  }
}

function sizeOfMap(map: ValueMap): number {
  let size = 2;
  for (const key of Object.keys(map)) size += key.length + 4 + sizeOf(map[key] as Value);
  return size;
}

/** Faults when a value that is about to leave in a command is too large. */
export function checkSize(m: Machine, value: Value, what: string): void {
  if (sizeOf(value) > m.world.limits.maxSessionBytes / 4) throw new Fault('value-too-large', `${what}: too large`);
}

export function fault(m: Machine, error: unknown): void {
  const known = error instanceof Fault;
  m.events.push({
    kind: 'fault',
    flow: m.top.flow,
    node: m.top.node,
    code: known ? error.code : 'internal',
    message: known ? error.message : `internal: ${error instanceof Error ? error.message : 'unknown'}`,
  });
}

/** A number of the node's own that is zero until raised. */
export function counter(m: Machine, name: string): number {
  return m.top.counters[name] ?? 0;
}

/** The variables a level begins with. */
export function firstVars(flow: CompiledFlow, params: ValueMap): ValueMap {
  const given: Record<string, Value> = {};
  for (const name of Object.keys(flow.parameters))
    given[name] = (Object.hasOwn(params, name) ? params[name] : flow.parameters[name]) as Value;
  return { ...flow.variables, params: given };
}
