import type { Attempts } from '../../domain/attempts.ts';
import type { DialOutcome } from '../../domain/dial-outcome.ts';
import type { DirectoryRef } from '../../domain/directory.ts';
import type { Command, Input } from '../../flow/commands.ts';
import type { Release } from '../../flow/release.ts';
import type { TelephonyEvent } from '../../ports/telephony.ts';
import { type AgentLeg, type AgentLegHost, NO_EARS } from './agent-leg.ts';
import { reachAcceptWords, reachWhisperWords } from './directory-words.ts';
import { Hunt } from './hunt.ts';
import { dialledLine, type HuntLine } from './hunt-lines.ts';

export type ReachCommand = Command & { kind: 'dial'; target: DirectoryRef };
type Open = Extract<Attempts, { kind: 'rounds' }>;

/** What reaching somebody of the directory needs of its call. */
export interface ReachHost extends AgentLegHost {
  readonly release: Release;
  finished(input: Input): void;
}

export function isReach(command: Command): command is ReachCommand {
  return command.kind === 'dial' && command.target.kind !== 'extension' && command.target.kind !== 'number';
}

/**
 * Somebody of the directory for the caller: their telephones are rung while the caller hears ringing or music; who takes
 * the call is bridged with them. Its outcome is given to the flow exactly once.
 */
export class Reaching {
  readonly #host: ReachHost;
  readonly #command: ReachCommand;
  #hunt: Hunt | null = null;
  #leg: AgentLeg | null = null;
  #by: string | null = null;
  #musicId: string | null = null;
  #bridgeId: string;
  #over = false;
  #cancelTimer: () => void = () => undefined;

  private constructor(host: ReachHost, command: ReachCommand, bridgeId: string) {
    this.#host = host;
    this.#command = command;
    this.#bridgeId = bridgeId;
  }

  static begin(host: ReachHost, command: ReachCommand, { rounds, label }: Open): Reaching {
    const { deps, record, release } = host;
    const reaching = new Reaching(host, command, deps.ids.next('bridge'));
    reaching.#entertain();
    const saying = { release, zone: deps.settings.zone, now: deps.clock.now() };
    const about = { label, caller: record.call.ani };
    const order = {
      rounds: rounds.map((round) => round.flatMap((line) => dialledLine(line, (telephone) => deps.endpointFor(telephone)) ?? [])),
      callerId: command.callerId ?? record.call.ani,
      words: ({ accept, language }: HuntLine) => ({
        accept: accept === 'key' ? reachAcceptWords(about, language, saying) : [],
        whisper: command.whisper ?? reachWhisperWords(about, language, saying),
      }),
    };
    reaching.#hunt = Hunt.begin(host, order, {
      answered: (leg, line, at) => reaching.#answered(leg, line, at),
      failed: (outcome, at) => reaching.#end(outcome, at),
    });
    return reaching;
  }

  /** Goes on with a talk that outlived the engine's restart. */
  static resume(host: ReachHost, command: ReachCommand, leg: AgentLeg, bridgeId: string): Reaching {
    const reaching = new Reaching(host, command, bridgeId);
    reaching.#talksWith(leg);
    return reaching;
  }

  onEvent(channelId: string, event: TelephonyEvent): void {
    if (this.#hunt?.onEvent(channelId, event) === true) return;
    if (this.#leg?.channelId === channelId) this.#leg.onEvent(event);
  }

  /** The caller left, or the call is being closed: only clean-up is sent. */
  cancel(): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelTimer();
    this.#hunt?.cancel();
    this.#leg?.cancel();
    this.#endMusic();
    if (this.#leg !== null) this.#endTalk();
  }

  /** There is no line: whether anybody talks is seen when there is one again. */
  forget(): void {
    this.#over = true;
    this.#cancelTimer();
    this.#hunt?.forget();
    this.#leg?.forget();
  }

  /** Ringing, or music in a place of the caller's own. */
  #entertain(): void {
    const { deps, record } = this.#host;
    const { channelId } = record.call;
    if (this.#command.hears !== 'music') {
      void this.#host.command('ring', () => deps.telephony.ring(channelId, true));
      return;
    }
    const id = deps.ids.next('bridge');
    this.#musicId = id;
    void this.#host.command('bridge', () => deps.telephony.createBridge(id, 'holding'));
    void this.#host.command('bridge', () => deps.telephony.addToBridge(id, [channelId], 'holding'));
  }

  #answered(leg: AgentLeg, { name }: HuntLine, at: number): void {
    if (this.#over) return leg.cancel();
    const { deps, record } = this.#host;
    this.#hunt = null;
    this.#by = name;
    this.#talksWith(leg);
    record.note('reached', { leg: leg.id, by: name }, at);
    void record.save();
    if (this.#musicId === null) this.#stopRinging();
    void this.#host.command('bridge', () => deps.telephony.createBridge(this.#bridgeId));
    const both = [record.call.channelId, leg.channelId];
    const bridged = this.#host.command('bridge', () => deps.telephony.addToBridge(this.#bridgeId, both));
    this.#endMusic();
    void bridged.then((ok) => (ok ? undefined : this.#host.post(() => this.#end('failed', deps.clock.now()))));
  }

  #talksWith(leg: AgentLeg): void {
    this.#leg = leg;
    leg.tell({ ...NO_EARS, gone: (at) => this.#end('answered', at) });
    const { maxTalkMs } = this.#command;
    if (maxTalkMs === null) return;
    const now = this.#host.deps.clock.now();
    this.#cancelTimer = this.#host.later(Math.max(0, maxTalkMs - (now - (leg.answeredAt ?? now))), () => leg.hangUp());
  }

  /** The caller goes back to the flow. */
  #end(outcome: DialOutcome, at: number): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelTimer();
    const leg = this.#leg;
    if (leg === null) {
      if (this.#musicId === null) this.#stopRinging();
      this.#endMusic();
    } else {
      leg.cancel();
      this.#endTalk();
    }
    const talkMs = leg === null || outcome !== 'answered' ? 0 : Math.max(0, at - (leg.answeredAt ?? at));
    const by = this.#by === null ? {} : { by: this.#by };
    this.#host.finished({ kind: 'dialled', step: this.#command.step, outcome, sipCode: null, talkMs, ...by });
  }

  #stopRinging(): void {
    const { deps, record } = this.#host;
    void this.#host.command('ring', () => deps.telephony.ring(record.call.channelId, false));
  }

  #endMusic(): void {
    const id = this.#musicId;
    this.#musicId = null;
    if (id !== null) void this.#host.command('bridge', () => this.#host.deps.telephony.destroyBridge(id));
  }

  #endTalk(): void {
    void this.#host.command('bridge', () => this.#host.deps.telephony.destroyBridge(this.#bridgeId));
  }
}
