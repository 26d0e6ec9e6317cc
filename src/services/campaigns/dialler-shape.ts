import type { Breaker } from '../../dialer/breaker.ts';
import type { CampaignVerdict } from '../../dialer/gate.ts';
import type { EmergencyStop } from '../../domain/campaign.ts';
import type { CampaignId } from '../../domain/ids.ts';
import type { JournalEntry } from '../../domain/journal.ts';

/** What holds calls back at this moment. */
export interface DiallerState {
  readonly leads: boolean;
  readonly isUp: boolean;
  readonly emergency: EmergencyStop | null;
  readonly callsPerSecond: number;
  readonly breaker: Breaker;
  /** Lines that are free for campaigns. */
  readonly room: number;
  readonly of: ReadonlyMap<CampaignId, CampaignNow>;
}

export interface CampaignNow {
  readonly verdict: CampaignVerdict;
  /** Calls being made or talked in. */
  readonly calls: number;
  readonly stuckUntil: number;
  /** Progressive: calls that there are agents for; null: not asked. */
  readonly agentRoom: number | null;
}

export interface Dialler {
  /** There is a line to Asterisk, and the calls of before are taken stock of: now attempts are, and then is dialled. */
  up(): Promise<void>;
  down(): void;
  /** Something changed: looked at now, not in a second. */
  wake(): void;
  /** Journal lines that are stored. */
  note(entries: readonly JournalEntry[]): void;
  /** Telephones that ring for these campaigns (all: null) and were not answered are let go. */
  hangUpRinging(campaign: CampaignId | null, by: string): Promise<number>;
  state(): DiallerState;
  stop(): Promise<void>;
}
