/** `plan`: JSON, what the campaign manager decided. */
export interface CampaignRow {
  id: string;
  brand: string;
  state: string;
  version: number;
  plan: string;
  created_at: number;
  created_by: string;
  started_at: number | null;
  ended_at: number | null;
}

interface CampaignListRow {
  campaign: string;
  list: string;
  filled_to: number;
}

export interface CampaignContactRow {
  campaign: string;
  seq: number;
  brand: string;
  contact: string;
  number_token: string;
  state: string;
  outcome: string | null;
  attempts: number;
  due_at: number;
  wait_reason: string | null;
  caller_id: string | null;
  version: number;
}

export interface AttemptRow {
  id: string;
  brand: string;
  campaign: string;
  contact: string;
  no: number;
  call_id: string;
  caller_id: string | null;
  state: string;
  campaign_version: number;
  created_at: number;
  lease_until: number;
  originated_at: number | null;
  answered_at: number | null;
  ended_at: number | null;
  outcome: string | null;
  sip_code: number | null;
  counted: number;
  heard_share: number | null;
  keys: number;
}

interface AttemptChoiceRow {
  campaign: string;
  attempt: string;
  seq: number;
  brand: string;
  flow: string;
  node: string;
  keys: string;
}

/** `campaign` '': for every one of the brand whose plan lets such people go. */
interface CampaignLeaverRow {
  brand: string;
  number_token: string;
  campaign: string;
  reason: string;
  at: number;
  recorded_by: string;
}

interface NumberCallRow {
  brand: string;
  number_token: string;
  id: string;
  at: number;
}

export interface EmergencyStopRow {
  brand: string;
  since: number;
  stopped_by: string;
  reason: string;
}

interface DiallerLeaderRow {
  brand: string;
  holder: string;
  until: number;
}

export interface CampaignTables {
  campaigns: CampaignRow;
  campaign_lists: CampaignListRow;
  campaign_contacts: CampaignContactRow;
  attempts: AttemptRow;
  attempt_choices: AttemptChoiceRow;
  number_calls: NumberCallRow;
  campaign_leavers: CampaignLeaverRow;
  emergency_stops: EmergencyStopRow;
  dialler_leaders: DiallerLeaderRow;
}
