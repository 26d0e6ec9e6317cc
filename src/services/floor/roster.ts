import type { AgentEffect, AgentEvent, AgentStep } from '../../acd/agent-event.ts';
import { agentStep, dueAt } from '../../acd/agent-state.ts';
import type { AcdFact } from '../../domain/acd-event.ts';
import type { AgentOnFloor, AgentProfile, AgentState } from '../../domain/agent.ts';
import type { BrandId } from '../../domain/brand.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoredAgentState } from '../../ports/floor-store.ts';
import type { FloorWriter } from './floor-writer.ts';

interface RosterDeps {
  readonly clock: Clock;
  readonly brand: BrandId;
  readonly writer: Pick<FloorWriter, 'agent'>;
  fact(fact: AcdFact): void;
  /** What a step causes beside the new state. */
  effect(agent: AgentOnFloor, effect: AgentEffect): void;
  changed(agent: AgentOnFloor, before: AgentOnFloor): void;
}

/** All agents of the floor: their profiles, their states, and the timers that end states. */
export class Roster {
  readonly #deps: RosterDeps;
  readonly #agents = new Map<UserId, AgentOnFloor>();
  readonly #profiles = new Map<UserId, AgentProfile>();
  readonly #timers = new Map<UserId, () => void>();

  constructor(deps: RosterDeps) {
    this.#deps = deps;
  }

  get agents(): ReadonlyMap<UserId, AgentOnFloor> {
    return this.#agents;
  }

  profile(userId: UserId): AgentProfile | undefined {
    return this.#profiles.get(userId);
  }

  profiles(): readonly AgentProfile[] {
    return [...this.#profiles.values()];
  }

  /** Takes a profile over: a new agent is offline, a known one goes on with these skills and queues. */
  admit(profile: AgentProfile): void {
    const { userId, skills, queues } = profile;
    const now = this.#deps.clock.now();
    const known = this.#agents.get(userId) ?? offlineAgent(userId, now);
    this.#profiles.set(userId, profile);
    this.#agents.set(userId, { ...known, skills, queues });
  }

  /** As a former process, or another engine, left the agent. */
  restore({ brand: _brand, ...stored }: StoredAgentState): void {
    const { skills = {}, queues = [] } = this.#profiles.get(stored.userId) ?? {};
    this.#put({ ...stored, skills, queues });
  }

  /**
   * Another engine was first to reserve the agent of that version: what it stored counts from now on. undefined: that cannot be
   * read; then the reservation is off, and the version what it was before, so that the next one is refused again as long as it must be.
   */
  lost({ userId, version, state }: AgentOnFloor, stored: StoredAgentState | undefined): void {
    const before = this.#agents.get(userId);
    if (before === undefined || before.version !== version) return;
    if (stored !== undefined) this.restore(stored);
    else if (state.kind === 'reserved') {
      const step = agentStep(before, { kind: 'rescind', callId: state.callId }, this.#deps.clock.now());
      if (step.kind === 'stepped') this.#put({ ...step.agent, version: version - 1 });
    }
    const after = this.#agents.get(userId);
    if (after === undefined || after === before) return;
    // The other engine tells what it did with the agent; that nothing came of our reservation is ours to tell.
    if (stored === undefined) this.#tell(before, after);
    this.#deps.changed(after, before);
  }

  /** stored: false where the reservation itself stores the state. */
  step(userId: UserId, event: AgentEvent, { stored = true }: { readonly stored?: boolean } = {}): AgentStep {
    const before = this.#agents.get(userId);
    if (before === undefined) return { kind: 'refused', reason: 'logged-out' };
    const step = agentStep(before, event, this.#deps.clock.now());
    if (step.kind === 'refused') return step;
    const { agent, effects } = step;
    if (agent !== before) {
      this.#put(agent);
      if (stored) this.#deps.writer.agent(this.stored(agent));
    }
    for (const effect of effects) this.#deps.effect(agent, effect);
    if (agent !== before) this.#tell(before, agent);
    if (agent !== before) this.#deps.changed(agent, before);
    return step;
  }

  stored({ skills: _skills, queues: _queues, ...agent }: AgentOnFloor): StoredAgentState {
    return { ...agent, brand: this.#deps.brand };
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #put(agent: AgentOnFloor): void {
    this.#agents.set(agent.userId, agent);
    this.#timers.get(agent.userId)?.();
    this.#timers.delete(agent.userId);
    const due = dueAt(agent);
    if (due !== null) this.#awaitDue(agent.userId, due);
  }

  /** A timer may come a moment before its time: an agent must not stay in the wrap-up for that. */
  #awaitDue(userId: UserId, due: number): void {
    const { clock } = this.#deps;
    const fire = (): void => {
      if (clock.now() < due) this.#awaitDue(userId, due);
      else this.step(userId, { kind: 'wrap-up-due' });
    };
    this.#timers.set(userId, clock.setTimer(Math.max(1, due - clock.now()), fire));
  }

  #tell(before: AgentOnFloor, { userId: agent, state }: AgentOnFloor): void {
    const reason = reasonOf(state);
    if (before.state.kind === state.kind && reasonOf(before.state) === reason) return;
    this.#deps.fact({ kind: 'agent-state', agent, from: before.state.kind, to: state.kind, reason });
  }
}

function reasonOf(state: AgentState): string | null {
  return state.kind === 'paused' || state.kind === 'unreachable' ? state.reason : null;
}

function offlineAgent(userId: UserId, now: number): AgentOnFloor {
  const empty = { skills: {}, queues: [], missing: [], wrapUpAsked: false, next: null } as const;
  return { userId, state: { kind: 'offline' }, since: now, idleSince: now, version: 0, ...empty };
}
