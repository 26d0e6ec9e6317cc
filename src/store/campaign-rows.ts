import type { Attempt } from '../domain/attempt.ts';
import type { Campaign, CampaignPlan, EmergencyStop } from '../domain/campaign.ts';
import type { CampaignContact } from '../domain/contact.ts';
import { USUAL_RETRIES } from '../domain/retry-table.ts';
import type { AttemptRow, CampaignContactRow, CampaignRow, EmergencyStopRow } from './campaign-schema.ts';

export function toCampaignRow(campaign: Campaign): CampaignRow {
  const { id, brand, state, version, createdAt, createdBy, startedAt, endedAt, ...plan } = campaign;
  const times = { created_at: createdAt, created_by: createdBy, started_at: startedAt, ended_at: endedAt };
  return { id, brand, state, version, plan: JSON.stringify(plan), ...times };
}

export function fromCampaignRow(row: CampaignRow): Campaign {
  const plan = JSON.parse(row.plan) as Omit<CampaignPlan, 'leaveOn' | 'machines'>;
  return {
    // Plans of before people could leave, and of before machines were listened for.
    ...{ leaveOn: [], machines: null },
    ...plan,
    retries: { ...USUAL_RETRIES, ...plan.retries },
    id: row.id as Campaign['id'],
    brand: row.brand as Campaign['brand'],
    state: row.state as Campaign['state'],
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}

export function fromContactRow(row: CampaignContactRow): CampaignContact {
  return {
    campaign: row.campaign as CampaignContact['campaign'],
    contact: row.contact as CampaignContact['contact'],
    seq: row.seq,
    state: row.state as CampaignContact['state'],
    outcome: row.outcome as CampaignContact['outcome'],
    attempts: row.attempts,
    dueAt: row.due_at,
    waitReason: row.wait_reason as CampaignContact['waitReason'],
    callerId: row.caller_id,
    version: row.version,
  };
}

export function fromAttemptRow(row: AttemptRow): Attempt {
  return {
    id: row.id as Attempt['id'],
    campaign: row.campaign as Attempt['campaign'],
    contact: row.contact as Attempt['contact'],
    no: row.no,
    callId: row.call_id as Attempt['callId'],
    callerId: row.caller_id,
    state: row.state as Attempt['state'],
    campaignVersion: row.campaign_version,
    createdAt: row.created_at,
    originatedAt: row.originated_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    outcome: row.outcome as Attempt['outcome'],
    sipCode: row.sip_code,
    counted: row.counted === 1,
    heardShare: row.heard_share,
    keys: row.keys,
  };
}

export function fromEmergencyRow(row: EmergencyStopRow): EmergencyStop {
  return { brand: row.brand as EmergencyStop['brand'], since: row.since, by: row.stopped_by, reason: row.reason };
}
