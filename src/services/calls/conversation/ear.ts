import type { UserId } from '../../../domain/ids.ts';
import type { TelephonyEvent } from '../../../ports/telephony.ts';
import type { EarHow, EarView, Listener } from '../../floor/seat.ts';
import type { AgentLegHost } from '../agent-leg.ts';
import type { Rooms } from './rooms.ts';

/** How long a supervisor's telephone rings. */
const RING_MS = 20_000;

interface EarHost {
  readonly host: AgentLegHost;
  readonly rooms: Rooms;
  /** The channel of the agent who is listened to; null: they are not there any more. */
  agentsChannel(): string | null;
  gone(ear: Ear): void;
  changed(): void;
}

/**
 * A supervisor at a talk. listen: a listener at the agent's channel brings them both sides · whisper: the same, and what they
 * say is heard by the agent alone · barge: they are in the room. Neither their telephone nor the listener is a leg of the
 * call: after a restart nobody knows them, and they are ended.
 */
export class Ear {
  readonly user: UserId;
  readonly #about: EarHost;
  readonly #name: string;
  readonly #channelId: string;
  #how: EarHow;
  #answered = false;
  #over = false;
  #spyId: string | null = null;
  #bridgeId: string | null = null;

  constructor(about: EarHost, { user, name, endpoint }: Listener, how: EarHow, callerId: string | null) {
    this.#about = about;
    this.user = user;
    this.#name = name;
    this.#how = how;
    const { host } = about;
    this.#channelId = host.deps.ids.next('leg');
    host.watch(this.#channelId);
    const args = ['leg', host.record.call.id];
    const request = { channelId: this.#channelId, endpoint, callerId, ringMs: RING_MS, args, originator: host.record.call.channelId };
    void host
      .command('originate', () => host.deps.telephony.originate(request))
      .then((ok) => (ok ? undefined : host.post(() => this.end())));
  }

  view(): EarView {
    return { user: this.user, name: this.#name, how: this.#how, ringing: !this.#answered };
  }

  onEvent(channelId: string, event: TelephonyEvent): boolean {
    if (channelId === this.#channelId) this.#onOwn(event);
    else if (channelId === this.#spyId) this.#onSpy(event);
    else return false;
    return true;
  }

  become(how: EarHow): void {
    if (this.#over || this.#how === how) return;
    this.#how = how;
    if (this.#answered) this.#arrange();
    this.#about.changed();
  }

  /** Hangs up; nobody is told but who asked. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    const { host } = this.#about;
    this.#unspy();
    host.unwatch(this.#channelId);
    void host.command('hangup', () => host.deps.telephony.hangup(this.#channelId, 'normal'));
    this.#about.gone(this);
  }

  #onOwn(event: TelephonyEvent): void {
    switch (event.kind) {
      case 'started':
        this.#answered = true;
        this.#arrange();
        return this.#about.changed();
      case 'hangup-requested':
      case 'left':
      case 'destroyed':
        return this.end();
      default:
        return undefined;
    }
  }

  #onSpy(event: TelephonyEvent): void {
    const bridgeId = this.#bridgeId;
    if (event.kind === 'started' && bridgeId !== null) this.#enter(bridgeId, [this.#channelId, event.channel.id]);
    // The agent who was listened to is out of the talk.
    else if (event.kind === 'left' || event.kind === 'destroyed') this.end();
  }

  /** Puts the supervisor where they hear, and are heard by, whom they should. */
  #arrange(): void {
    const { host, rooms } = this.#about;
    this.#unspy();
    if (this.#how === 'barge') return void rooms.enter([this.#channelId]).then((ok) => (ok ? undefined : host.post(() => this.end())));
    const agents = this.#about.agentsChannel();
    if (agents === null) return this.end();
    const { deps } = host;
    const spyId = deps.ids.next('leg');
    const bridgeId = deps.ids.next('bridge');
    this.#spyId = spyId;
    this.#bridgeId = bridgeId;
    host.watch(spyId);
    void host.command('bridge', () => deps.telephony.createBridge(bridgeId));
    // Out of the room before anything is heard otherwise.
    this.#enter(bridgeId, [this.#channelId]);
    void host
      .command('spy', () => deps.telephony.spy(spyId, agents, this.#how === 'whisper'))
      .then((ok) => (ok ? undefined : host.post(() => (this.#spyId === spyId ? this.end() : undefined))));
  }

  #enter(bridgeId: string, channels: readonly string[]): void {
    const { host } = this.#about;
    void host.command('bridge', () => host.deps.telephony.addToBridge(bridgeId, channels));
  }

  #unspy(): void {
    const { host } = this.#about;
    const [spyId, bridgeId] = [this.#spyId, this.#bridgeId];
    this.#spyId = null;
    this.#bridgeId = null;
    if (spyId !== null) {
      host.unwatch(spyId);
      void host.command('hangup', () => host.deps.telephony.hangup(spyId, 'normal'));
    }
    if (bridgeId !== null) void host.command('bridge', () => host.deps.telephony.destroyBridge(bridgeId));
  }
}
