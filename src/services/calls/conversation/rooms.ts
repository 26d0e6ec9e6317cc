import type { BridgeInfo } from '../../../ports/telephony.ts';
import type { AgentLegHost } from '../agent-leg.ts';

/** The bridges in which channels of one call are, as Asterisk tells after an outage or a restart. */
export type Standing = readonly BridgeInfo[];

/**
 * Where a caller and those they talk with are: one room in which all hear each other, and beside it a place with music
 * for a caller who is on hold. Bridges alone tell who talks with whom, so that it can be read back from Asterisk.
 */
export class Rooms {
  readonly #host: AgentLegHost;
  readonly #talkId: string;
  #musicId: string | null = null;

  constructor(host: AgentLegHost, talkId: string = host.deps.ids.next('bridge')) {
    this.#host = host;
    this.#talkId = talkId;
  }

  /** As a former process, or an outage, left them: the talk is where a leg of ours is. */
  static found(host: AgentLegHost, standing: Standing, legs: readonly string[]): Rooms {
    const talk = standing.find(({ channelIds }) => channelIds.some((id) => legs.includes(id)));
    const rooms = new Rooms(host, talk?.id);
    rooms.look(standing);
    return rooms;
  }

  /** Where the caller is now; true with the others. */
  look(standing: Standing): boolean {
    const { channelId } = this.#host.record.call;
    const callers = standing.find(({ channelIds }) => channelIds.includes(channelId));
    this.#musicId = callers === undefined || callers.id === this.#talkId ? null : callers.id;
    return callers?.id === this.#talkId;
  }

  /** True where both are in: nothing else was said to Asterisk by then. */
  open(channels: readonly string[]): Promise<boolean> {
    this.#create(this.#talkId, 'mixing');
    return this.enter(channels);
  }

  enter(channels: readonly string[]): Promise<boolean> {
    return this.#host.command('bridge', () => this.#host.deps.telephony.addToBridge(this.#talkId, channels));
  }

  /** Music for the caller, away from the others. */
  hold(): void {
    if (this.#musicId !== null) return;
    const id = this.#host.deps.ids.next('bridge');
    this.#musicId = id;
    this.#create(id, 'holding');
    void this.#host.command('bridge', () => this.#host.deps.telephony.addToBridge(id, [this.#host.record.call.channelId], 'holding'));
  }

  resume(): void {
    if (this.#musicId === null) return;
    void this.enter([this.#host.record.call.channelId]);
    this.#endMusic();
  }

  close(): void {
    this.#endMusic();
    this.#destroy(this.#talkId);
  }

  #endMusic(): void {
    if (this.#musicId !== null) this.#destroy(this.#musicId);
    this.#musicId = null;
  }

  #create(id: string, kind: 'mixing' | 'holding'): void {
    void this.#host.command('bridge', () => this.#host.deps.telephony.createBridge(id, kind));
  }

  #destroy(id: string): void {
    void this.#host.command('bridge', () => this.#host.deps.telephony.destroyBridge(id));
  }
}
