import type { OfferEnd } from '../../domain/acd-event.ts';
import type { Call } from '../../domain/call.ts';
import type { Callback, CallbackOutcome } from '../../domain/callback.ts';
import { hasCode } from '../../domain/errors.ts';
import type { CallId, UserId } from '../../domain/ids.ts';
import type { E164 } from '../../domain/phone-number.ts';
import type { PlaceOrder } from '../calls/place-call.ts';
import type { PromisedPlace } from '../floor/promised.ts';
import type { Offer, Seat } from '../floor/seat.ts';
import type { Changes } from './changes.ts';
import type { CallbackDeps } from './deps.ts';
import { rulesOf } from './rules.ts';

/** An entry that can be called. */
export type Callable = Callback & { readonly number: E164 };

export interface RunHost {
  readonly deps: CallbackDeps;
  readonly changes: Changes;
  /** It is over, one way or the other; `passed`: an agent who did not take it. */
  done(run: Run, passed: UserId | null): void;
  /** A fault of ours: the entry is left alone here until `faultMs` are over, whatever the database says. */
  putOff(entry: Callback): void;
}

/**
 * One entry while it waits for an agent, the agent is asked, and the customer is dialled. One agent and one call per run: who
 * does not take it ends the run, and the next one is asked by another.
 */
export class Run implements Seat {
  readonly entry: Callable;
  readonly callId: CallId;
  readonly #host: RunHost;
  #place: PromisedPlace | null = null;
  #offer: Offer | null = null;
  #phase: 'waiting' | 'asking' | 'dialing' | 'kept' | 'over' = 'waiting';
  #isFaulty = false;
  #cancelKeeping = (): void => undefined;

  constructor(host: RunHost, entry: Callable) {
    this.#host = host;
    this.entry = entry;
    this.callId = host.deps.ids.next('call');
  }

  /** Waits on the floor; `agent`: for this one only. False: there is no such queue, or that agent is not free. */
  begin(passedBy: readonly UserId[], agent: UserId | null): boolean {
    const { id, kind, count, firstAt, about, attempts, shown, queue, since, number: caller } = this.entry;
    const callback = { id, kind, count, firstAt, about, attempts, shown };
    const request = { callId: this.callId, queue, since, caller, callback, passedBy, agent };
    const place = this.#host.deps.floor().promise(request, this);
    this.#place = place;
    // Asked in the same moment, and refused.
    if (place !== null && this.#phase === 'over') place.withdraw('rescinded');
    return place !== null;
  }

  get phase(): 'waiting' | 'asking' | 'dialing' | 'kept' | 'over' {
    return this.#phase;
  }

  /** Who is asked, or waits for the customer. */
  get agent(): UserId | null {
    return this.#offer?.agent ?? null;
  }

  offer(offer: Offer): void {
    if (this.#phase !== 'waiting') return;
    this.#phase = 'asking';
    this.#offer = offer;
    void this.#ask(offer).catch((err: unknown) => {
      this.#host.deps.log.error({ callback: this.entry.id, err }, 'an agent could not be asked to call somebody back; it is tried again');
      this.#fault();
    });
  }

  /** The floor has ended the offer; the wait goes with it, and the next agent is asked by another run. */
  rescind(): void {
    // Refused, or gone: not to be asked again while there is somebody else.
    this.#end('rescinded', this.agent);
    this.#host.deps.calls().takeBack(this.callId);
  }

  accept(): void {
    this.#host.deps.calls().firstAgent(this.callId)?.accept();
  }

  /** Neither moved nor sent off: a callback leaves by its own rules. */
  moved(): void {
    this.withdraw();
  }

  leave(): void {
    this.withdraw();
  }

  /** It waits no more: called meanwhile, closed, or not to be called now. */
  withdraw(): void {
    this.#end('rescinded', null);
    this.#host.deps.calls().takeBack(this.callId);
  }

  /** The customer calls by themselves: the agent who is there for them stays so for a while, and nobody is dialled. */
  keep(): void {
    if (this.#phase !== 'asking' && this.#phase !== 'dialing') return;
    this.#phase = 'kept';
    const { clock, settings } = this.#host.deps;
    this.#cancelKeeping = clock.setTimer(settings.keepAgentMs, () => this.#end('rescinded', null));
  }

  /** They had answered ours already: it goes on. */
  release(): void {
    if (this.#phase !== 'kept') return;
    this.#cancelKeeping();
    this.#phase = 'dialing';
  }

  /** The customer is there: their agent, who was kept. */
  handOver(): UserId | null {
    const agent = this.#phase === 'asking' || this.#phase === 'kept' ? this.agent : null;
    this.withdraw();
    return agent;
  }

  /** Another engine has our call: what becomes of it is that one's to say. */
  forget(): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    this.#cancelKeeping();
    this.#place?.withdraw('rescinded');
    this.#host.done(this, null);
  }

  /** Our call is over. */
  async ended(call: Call): Promise<void> {
    // Taken back for a customer who calls by themselves: that is no attempt, and their link says the rest.
    if (this.#phase === 'kept') return;
    this.#end('rescinded', null);
    await settle(this.#host, this.entry.id, call);
  }

  async #ask(offer: Offer): Promise<void> {
    const { changes, deps } = this.#host;
    const { id } = this.entry;
    const { agent } = offer;
    // Another engine was first, or the customer got through meanwhile.
    if ((await changes.apply(id, { kind: 'reserve', agent, callId: this.callId }, agent)) === null) return this.#end('rescinded', null);
    if (this.#phase !== 'asking') return this.#letGo();
    try {
      await deps.calls().placeFor(this.callId, orderOf(deps, this.entry), {
        ...{ offer, place: this.#place as PromisedPlace, callerId: this.#callerId() },
        words: offer.accept === 'key' ? this.#acceptWords(offer) : [],
        accepted: () => this.#accepted(agent).catch((err: unknown) => this.#notStored(err)),
        over: (how, _at, isOurFault) => (isOurFault ? this.#fault() : this.#agentOver(how)),
      });
    } catch (error) {
      await refused(this.#host, this.entry, error);
      return this.#fault();
    }
    // Withdrawn while the call was being put on record.
    if (this.phase === 'over') deps.calls().takeBack(this.callId);
  }

  /** Not the agent's doing: they stay available, and nobody else is asked in vain at once. */
  #fault(): void {
    if (this.#phase === 'kept' || this.#phase === 'over') return;
    this.#isFaulty = true;
    this.#end('rescinded', this.agent);
  }

  /** Whether the customer may be dialled is not known: they are not. */
  #notStored(err: unknown): false {
    this.#host.deps.log.error(
      { callback: this.entry.id, err },
      'it could not be stored that somebody is called back; they are not dialled',
    );
    this.#fault();
    return false;
  }

  async #accepted(agent: UserId): Promise<boolean> {
    const { changes } = this.#host;
    const { id } = this.entry;
    const dialled = await changes.dial(id, { kind: 'dial', callId: this.callId }, agent);
    if (dialled === 'dials') {
      if (this.#phase === 'asking') this.#phase = 'dialing';
      return true;
    }
    if (dialled === 'do-not-contact') await changes.apply(id, { kind: 'close', reason: 'do-not-contact', by: 'engine' });
    // Their telephone rings for somebody else of the house: a little later.
    else if (dialled === 'busy') await changes.apply(id, { kind: 'put-off', callId: this.callId });
    // Not dialled because the customer is on the line already: the agent is theirs.
    else if (dialled === 'ignored' && (await this.#host.deps.store.get(id))?.linked != null) this.keep();
    return false;
  }

  #agentOver(how: Exclude<OfferEnd, 'answered'>): void {
    if (this.#phase === 'kept' || this.#phase === 'over') return;
    // Where the customer is being dialled, the end of the call tells what became of it.
    if (this.#phase === 'dialing') this.#place?.withdraw(how);
    else this.#end(how, how === 'rescinded' ? null : this.agent);
  }

  #end(how: Exclude<OfferEnd, 'answered'>, passed: UserId | null): void {
    const was = this.#phase;
    if (was === 'over') return;
    this.#phase = 'over';
    this.#cancelKeeping();
    if (this.#isFaulty) this.#host.putOff(this.entry);
    this.#place?.withdraw(how);
    if (was === 'waiting') this.#host.done(this, passed);
    else void this.#letGo().then(() => this.#host.done(this, passed));
  }

  /** Nobody is asked any more; where the customer was dialled already, this changes nothing. */
  async #letGo(): Promise<void> {
    const { changes, deps } = this.#host;
    try {
      await changes.apply(this.entry.id, { kind: this.#isFaulty ? 'put-off' : 'let-go', callId: this.callId });
    } catch (err) {
      deps.log.warn({ callback: this.entry.id, err }, 'that an agent is not asked any more could not be stored; the next look does it');
    }
  }

  #callerId(): string | null {
    const { queues, settings } = this.#host.deps;
    return queues().get(this.entry.queue)?.callerId ?? settings.callerId;
  }

  #acceptWords({ language }: Offer) {
    const queue = this.#host.deps.queues().get(this.entry.queue);
    return queue === undefined ? [] : this.#host.deps.acceptWords(queue, language);
  }
}

/** The call that is made for an entry. */
export function orderOf(deps: CallbackDeps, { brand, number, language, group, queue, since }: Callable): PlaceOrder {
  const rules = rulesOf(deps, group);
  return {
    ...{ brand, number, language, flow: rules.flow, ringMs: rules.ringMs, key: null },
    params: { queue, since, mode: rules.mode },
    callerId: deps.queues().get(queue)?.callerId ?? deps.settings.callerId,
    // A service to somebody who just called: no advertising.
    messageClass: 'informational',
  };
}

/** Nothing was dialled: who may not be called is closed, everything else is tried again. */
export async function refused({ deps, changes }: Pick<RunHost, 'deps' | 'changes'>, { id }: Callback, error: unknown): Promise<void> {
  if (hasCode(error, 'call.not-allowed')) {
    await changes.apply(id, { kind: 'close', reason: 'do-not-contact', by: 'engine' });
    return;
  }
  deps.log.warn({ callback: id, err: error }, 'somebody could not be called back now; it is tried again');
}

/** Writes what became of a call of ours, where the talk itself has not closed the entry already. */
export async function settle({ deps, changes }: Pick<RunHost, 'deps' | 'changes'>, id: Callback['id'], call: Call): Promise<void> {
  // The talk is written before its end.
  await deps.floor().saved();
  const now = await deps.store.get(id);
  if (now === undefined || now.callId !== call.id) return;
  if (now.state === 'reserved') await changes.apply(id, { kind: 'let-go', callId: call.id });
  else if (now.state === 'dialing') await changes.apply(id, { kind: 'ended', callId: call.id, outcome: outcomeOf(call) });
}

function outcomeOf({ termination, answeredAt }: Call): CallbackOutcome {
  if (termination?.kind === 'not-reached') return termination.outcome;
  return answeredAt === null ? 'unknown' : 'dropped';
}
