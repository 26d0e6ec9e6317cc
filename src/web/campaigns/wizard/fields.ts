import type { CampaignPlan } from '../../../domain/campaign.ts';
import type { CampaignOptions } from '../../api/campaign-plans.ts';

/** What each part of the settings is given: the plan as it is being written, and how to change it. */
export interface FieldsProps {
  readonly plan: CampaignPlan;
  readonly options: CampaignOptions;
  readonly onChange: (change: Partial<CampaignPlan>) => void;
}
