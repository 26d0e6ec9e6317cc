import type { NumberCap } from '../../domain/campaign.ts';
import type { Label } from '../../domain/label.ts';
import type { Language } from '../../domain/language.ts';
import { canRefuse } from './commercial.ts';
import type { DialDeps } from './deps.ts';

/** What a campaign can be made of here. */
export interface CampaignOptions {
  /** Of the release in force; `canRefuse`: called ones can refuse further calls in it. */
  readonly flows: readonly {
    readonly id: string;
    readonly title: Readonly<Partial<Record<Language, string>>>;
    readonly canRefuse: boolean;
  }[];
  readonly release: number | null;
  /** Numbers of ours that may be shown. */
  readonly callerIds: readonly string[];
  readonly queues: readonly { readonly id: string; readonly label: Label }[];
  /** Calendars whose holidays may hold. */
  readonly calendars: readonly string[];
  readonly webhooks: readonly string[];
  readonly cap: NumberCap;
  /** Of all campaigns together. */
  readonly callsPerSecond: number;
  readonly channels: number;
}

export interface OptionDeps extends Pick<DialDeps, 'releases' | 'settings'> {
  /** Numbers of ours, queues and webhooks that campaigns may name. */
  readonly offers: () => Pick<CampaignOptions, 'callerIds' | 'queues' | 'webhooks'>;
}

/** Of the release in force and the definitions. */
export function campaignOptions({ releases, settings, offers }: OptionDeps): CampaignOptions {
  const release = releases.newest();
  const all = release?.flows ?? new Map();
  const flows = [...all].map(([flow, { title }]) => ({ id: flow, title, canRefuse: canRefuse(all, flow) }));
  const { cap, callsPerSecond, channels } = settings;
  const calendars = [...(release?.calendars.keys() ?? [])];
  return { flows, release: release?.id ?? null, calendars, cap, callsPerSecond, channels, ...offers() };
}
