import type { AgentLegHost } from './agent-leg.ts';

/** The music of one waiting caller, by themselves. */
export class Holding {
  readonly #host: AgentLegHost;
  #bridgeId: string | null = null;

  constructor(host: AgentLegHost) {
    this.#host = host;
  }

  begin(): void {
    const { deps, record } = this.#host;
    const bridgeId = deps.ids.next('bridge');
    this.#bridgeId = bridgeId;
    void this.#host.command('bridge', () => deps.telephony.createBridge(bridgeId, 'holding'));
    void this.#host.command('bridge', () => deps.telephony.addToBridge(bridgeId, [record.call.channelId], 'holding'));
  }

  end(): void {
    const bridgeId = this.#bridgeId;
    this.#bridgeId = null;
    if (bridgeId !== null) void this.#host.command('bridge', () => this.#host.deps.telephony.destroyBridge(bridgeId));
  }

  /** There is no line, so whatever bridge there was is Asterisk's own affair. */
  forget(): void {
    this.#bridgeId = null;
  }
}
