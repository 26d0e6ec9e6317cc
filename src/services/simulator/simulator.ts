import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CallId, IdSource, SessionId, SimulationId } from '../../domain/ids.ts';
import { ACTIONS } from '../../flow/actions.ts';
import type { PromptItem } from '../../flow/commands.ts';
import { type Deed, fits, type ResultOutcome, type Wait } from '../../flow/playing/play.ts';
import { beginPlay, goOn } from '../../flow/playing/player.ts';
import type { Release } from '../../flow/release.ts';
import { nameOfLookUp } from '../../flow/scenario/look-ups.ts';
import { personOf, type Trigger } from '../../flow/session.ts';
import type { FlowLimits, World } from '../../flow/world.ts';
import type { ActionContext } from '../../ports/actions.ts';
import type { Draft } from '../../ports/drafts.ts';
import { requestForFlow, runAction, type WorkDeps } from '../calls/work.ts';
import type { Releases } from '../flows/releases.ts';
import { IDLE_MS, MOST_INPUTS, MOST_LIVE_LOOK_UPS, MOST_PER_LOGIN, MOST_SIMULATIONS, MOST_TOLD } from './limits.ts';
import type { SimulationInput, SimulationOrder, SimulationOwner } from './order.ts';
import { type WrittenScenario, writtenOf } from './record.ts';
import { releaseFor } from './release-for.ts';
import { note, type Simulation, type SimulationView, viewOf } from './simulation.ts';

/** Flows tried without a telephone. Nothing leaves the house but look-ups that are asked for; expected refusals are SantralErrors. */
export interface Simulator {
  begin(order: SimulationOrder, owner: SimulationOwner): Promise<SimulationView>;
  /** Gives what is new. Rejects with `request.conflict` when nobody waits for such a thing. */
  input(id: SimulationId, input: SimulationInput, owner: SimulationOwner): Promise<SimulationView>;
  /** Everything from line `first` on. */
  look(id: SimulationId, first: number, owner: SimulationOwner): SimulationView;
  /**
   * The scenario file with what was played so far as one more scenario; an empty text becomes a file. Rejects with
   * `request.invalid` when the file cannot be read.
   */
  record(id: SimulationId, into: string, name: string, owner: SimulationOwner): WrittenScenario;
  end(id: SimulationId, owner: SimulationOwner): void;
  /** What is heard at that line, as WAV. Rejects with `request.not-found` where there is nothing to hear. */
  audio(id: SimulationId, line: number, owner: SimulationOwner): Promise<Uint8Array>;
  /** Lets go of everything. */
  stop(): void;
}

export interface SimulatorDeps extends WorkDeps {
  readonly releases: Pick<Releases, 'newest' | 'propose'>;
  readonly draft: (flow: string) => Promise<Draft | undefined>;
  readonly ids: IdSource;
  readonly random: () => number;
  /** WAV; null: there is nothing to hear. Rejects with `speech.failed`. */
  readonly speak: (item: PromptItem) => Promise<Uint8Array | null>;
  readonly brand: BrandId;
  readonly zone: string;
  readonly limits: FlowLimits;
  readonly typeAheadKeys: number;
}

type LookUp = Extract<Wait, { readonly kind: 'look-up' }>['command'];

/** What actions are told that they work for. */
const CALL = 'call_simulation' as CallId;
const SESSION = 'ses_simulation' as SessionId;

export function createSimulator(deps: SimulatorDeps): Simulator {
  const { clock } = deps;
  const all = new Map<SimulationId, Simulation>();

  function forget(simulation: Simulation): void {
    simulation.stop.abort();
    all.delete(simulation.id);
  }

  function sweep(): void {
    for (const one of [...all.values()]) if (clock.now() - one.usedAt >= IDLE_MS) forget(one);
  }

  function find(id: SimulationId, { login }: SimulationOwner): Simulation {
    sweep();
    const found = all.get(id);
    if (found === undefined || found.login !== login)
      throw new SantralError('request.not-found', 'There is no such simulation (any more): begin a new one.');
    found.usedAt = clock.now();
    return found;
  }

  /** The login's oldest makes room for its newest; other logins' are left alone. */
  function makeRoom({ login }: SimulationOwner): void {
    sweep();
    const own = [...all.values()].filter((one) => one.login === login);
    const [oldest] = own;
    if (oldest !== undefined && own.length >= MOST_PER_LOGIN) forget(oldest);
    if (all.size >= MOST_SIMULATIONS)
      throw new SantralError('request.too-many', `${MOST_SIMULATIONS} simulations are under way: end one, or wait until one is forgotten.`);
  }

  const nowOf = ({ at, movedMs }: Simulation): number => (at ?? clock.now()) + movedMs;

  function worldOf(simulation: Simulation): World {
    const { zone, limits } = deps;
    return { now: nowOf(simulation), zone, release: simulation.release, limits, random: simulation.random };
  }

  function act(simulation: Simulation, deed: Deed): void {
    const { wait } = simulation.play;
    if (!fits(wait, deed))
      throw new SantralError('request.conflict', `The simulation does not wait for "${deed.kind}" now, but for "${wait.kind}".`);
    if (deed.kind === 'dialled') simulation.movedMs += deed.talkMs;
    if (deed.kind === 'queued') simulation.movedMs += deed.waitedMs + deed.talkMs;
    if (deed.kind === 'result') simulation.movedMs += deed.afterMs;
    note(simulation, deed, wait, goOn(simulation.play, deed, worldOf(simulation)));
  }

  function contextOf({ play: { session }, stop }: Simulation, idempotencyKey: string): ActionContext {
    const { trigger, language } = session;
    return {
      brand: deps.brand,
      signal: stop.signal,
      call: { id: CALL, sessionId: SESSION, person: personOf(trigger), language },
      idempotencyKey,
    };
  }

  async function ask(simulation: Simulation): Promise<void> {
    const { wait, session } = simulation.play;
    if (wait.kind !== 'look-up') throw new SantralError('request.conflict', 'The simulation looks nothing up now.');
    if (!mayBeAsked(wait.command)) throw changing(wait.command);
    const { signal } = simulation.stop;
    const begun = clock.now();
    const key = `${simulation.id}-${session.step}`;
    const outcome: ResultOutcome =
      wait.command.kind === 'http'
        ? await requestForFlow(deps, wait.command, key, signal)
        : await runAction(deps, wait.command, contextOf(simulation, key));
    if (!all.has(simulation.id)) throw new SantralError('request.not-found', 'The simulation was ended meanwhile.');
    // On the real clock the time has passed by itself.
    const tookMs = simulation.at === null ? 0 : clock.now() - begun;
    act(simulation, { kind: 'result', outcome, afterMs: tookMs });
  }

  async function askAll(simulation: Simulation): Promise<void> {
    for (let left = MOST_LIVE_LOOK_UPS; left > 0; left -= 1) {
      const { wait } = simulation.play;
      if (wait.kind !== 'look-up' || !mayBeAsked(wait.command)) return;
      await ask(simulation);
    }
  }

  async function take(simulation: Simulation, input: SimulationInput): Promise<void> {
    if (input.kind === 'wait') {
      simulation.movedMs += input.ms;
      simulation.waitedMs += input.ms;
      simulation.told.push({ kind: 'did', what: 'wait', keys: null, outcome: null });
    } else if (input.kind === 'ask') {
      if (!simulation.mayAsk) throw forbidden();
      await ask(simulation);
    } else act(simulation, input);
    if (simulation.live) await askAll(simulation);
  }

  /** One thing at a time, and not for ever. */
  async function exclusively(simulation: Simulation, run: () => Promise<void>): Promise<void> {
    if (simulation.busy) throw new SantralError('request.conflict', 'The simulation is still busy with the last input.');
    if (simulation.inputs >= MOST_INPUTS || simulation.told.length >= MOST_TOLD)
      throw new SantralError('request.conflict', 'The simulation has grown too long: begin a new one.');
    simulation.inputs += 1;
    simulation.busy = true;
    try {
      await run();
    } finally {
      simulation.busy = false;
    }
  }

  function open(order: SimulationOrder, owner: SimulationOwner, release: Release): Simulation {
    const id = deps.ids.next('simulation');
    const { flow, at, lookUps, source } = order;
    const stop = new AbortController();
    const mayAsk = source.kind === 'published' || owner.admin;
    const fixed = { id, login: owner.login, flow, source: source.kind, release, live: lookUps === 'live', mayAsk, at, stop };
    const [begun, random, trigger] = [at ?? clock.now(), order.random ?? deps.random(), triggerOf(order, deps.brand)];
    const world: World = { now: begun, zone: deps.zone, release, limits: deps.limits, random };
    const played = beginPlay(flow, trigger, world, deps.typeAheadKeys);
    const simulation: Simulation = {
      ...fixed,
      ...{ begun, random, trigger, steps: [] },
      play: played.play,
      told: [],
      items: new Map(),
      movedMs: 0,
      waitedMs: 0,
      inputs: 0,
      usedAt: clock.now(),
      busy: false,
    };
    note(simulation, null, null, played);
    return simulation;
  }

  return {
    async begin(order, owner) {
      if (order.lookUps === 'live' && order.source.kind !== 'published' && !owner.admin) throw forbidden();
      const release = await releaseFor(order, deps);
      makeRoom(owner);
      const simulation = open(order, owner, release);
      all.set(simulation.id, simulation);
      if (simulation.live) await exclusively(simulation, () => askAll(simulation));
      return viewOf(simulation, nowOf(simulation), 0);
    },
    async input(id, input, owner) {
      const simulation = find(id, owner);
      const first = simulation.told.length;
      await exclusively(simulation, () => take(simulation, input));
      return viewOf(simulation, nowOf(simulation), first);
    },
    look(id, first, owner) {
      const simulation = find(id, owner);
      return viewOf(simulation, nowOf(simulation), first);
    },
    record: (id, into, name, owner) => writtenOf(find(id, owner), into, name, deps),
    end: (id, owner) => forget(find(id, owner)),
    async audio(id, line, owner) {
      const item = find(id, owner).items.get(line);
      const wav = item === undefined ? null : await deps.speak(item);
      if (wav === null) throw new SantralError('request.not-found', `There is nothing to hear at line ${line}.`);
      return wav;
    },
    stop() {
      for (const one of [...all.values()]) forget(one);
    },
  };
}

/** A trial must not change what is real, and tells nothing about a person: such actions, and requests that are more than a question, are answered by hand. */
function mayBeAsked(command: LookUp): boolean {
  if (command.kind === 'http') return command.method === 'GET';
  return ACTIONS.some(({ name, forTrials }) => name === command.action && forTrials === true);
}

function changing(command: LookUp): SantralError {
  return new SantralError('request.conflict', `${nameOfLookUp(command)} may change what is real, or tell of a person: answer it by hand.`);
}

/** A text that is not published could ask any system in the house's name. */
function forbidden(): SantralError {
  return new SantralError(
    'request.forbidden',
    'Only administrators may let texts that are not published ask real systems: answer the look-ups by hand.',
  );
}

function triggerOf({ language, caller, dialled, params }: SimulationOrder, brand: BrandId): Trigger {
  return { kind: 'inbound', sessionId: SESSION, callId: CALL, brand, did: dialled, ani: caller, language, params };
}
