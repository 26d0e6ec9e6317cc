import type { Generated } from 'kysely';
import type { AppointmentFeedRow, AppointmentRow, CustomerRow, ServiceCalendarRow, ServiceRow } from './appointment-schema.ts';
import type {
  CallbackAttemptRow,
  CallbackFindingRow,
  CallbackFormRow,
  CallbackHistoryRow,
  CallbackRow,
  ConsentWordsRow,
} from './callback-schema.ts';
import type { CampaignTables } from './campaign-schema.ts';
import type { DirectoryAbsenceRow, DirectoryPersonRow, MissedCallRow } from './directory-schema.ts';
import type { AcdEventRow, AgentPhoneRow, AgentRow, AgentStateRow, LastTalkRow, QueueWaitRow, TalkNoteRow } from './floor-schema.ts';
import type { DefinitionTextRow, DraftRow, FlowCountRow, FlowScenariosRow, ReleaseTableRow, RevisionRow } from './flow-schema.ts';
import type { ContactListRow, ContactTokenRow, ImportProblemRow, ListBlockRow, StoredContactRow } from './list-schema.ts';
import type { ImportRow, MatchCustomerRow, MatchKeyRow, MatchSettingsRow, SegmentMemberRow } from './match-schema.ts';
import type { RegistryTables } from './registry-schema.ts';
import type { AnswerRow, InvitationRow, ResponseRow, SurveyCommentRow } from './survey-schema.ts';

/**
 * The tables as the queries see them. Both engines hold the same: ids and JSON as text, times as UTC ms in 64-bit
 * integers. JSON stays text on PostgreSQL too: one set of queries, and the text comes back as it was written.
 */
export interface CallRow {
  id: string;
  brand: string;
  direction: string;
  state: string;
  did: string;
  /** The caller's number, in this column only: retention wipes it here. */
  ani: string;
  flow: string;
  release_id: number;
  language: string;
  session_id: string;
  channel_id: string;
  started_at: number;
  answered_at: number | null;
  ended_at: number | null;
  termination: string | null;
}

export interface LegRow {
  id: string;
  call_id: string;
  role: string;
  channel_id: string;
  endpoint: string;
  agent: string | null;
  started_at: number;
  answered_at: number | null;
  ended_at: number | null;
  outcome: string | null;
  hangup_cause: number | null;
  sip_code: number | null;
}

/** One row per open call; dropped when the call ends, because it holds what the caller said. */
export interface SessionRow {
  call_id: string;
  session_id: string;
  step: number;
  state: string;
}

export interface JournalRow {
  call_id: string;
  seq: number;
  at: number;
  kind: string;
  data: string;
}

/** The outbox. `payload`: whom it goes to and what it says, sealed; wiped when the message has been done with. */
export interface MessageRow {
  id: string;
  brand: string;
  channel: string;
  dedupe_key: string;
  order_key: string | null;
  call_id: string | null;
  message_class: string;
  language: string;
  template: string;
  payload: string | null;
  state: string;
  attempts: number;
  next_at: number;
  created_at: number;
  ended_at: number | null;
  last_error: string | null;
}

/** `recipient`: sealed; found by its token. */
export interface ConsentRow {
  brand: string;
  recipient_token: string;
  recipient_type: string;
  type: string;
  recipient: string;
  status: string;
  source: string;
  consent_date: number;
  evidence: string;
  recorded_at: number;
  recorded_by: string;
}

/** Append-only. `kind`: consent or do-not-contact, which has neither recipient type nor type. */
export interface ConsentHistoryRow extends Omit<ConsentRow, 'recipient' | 'recipient_type' | 'type'> {
  id: string;
  kind: string;
  recipient_type: string | null;
  type: string | null;
}

export interface DoNotContactRow {
  brand: string;
  recipient_token: string;
  recipient: string;
  reason: string;
  since: number;
  recorded_by: string;
}

export interface RecordingRow {
  id: string;
  brand: string;
  call_id: string;
  kind: string;
  flow: string;
  node: string;
  language: string;
  duration_ms: number;
  created_at: number;
  keep_until: number;
  heard_at: number | null;
  heard_by: string | null;
}

/** `parts`, `paused_by`: JSON. */
export interface CallRecordingRow {
  id: string;
  brand: string;
  call_id: string;
  queue: string | null;
  state: string;
  started_at: number;
  ended_at: number | null;
  parts: string;
  paused_by: string;
  paused_until: number | null;
  duration_ms: number;
  peaks: string;
  keep_until: number;
}

/** `number`: sealed; found by its token. */
export interface CallbackRequestRow {
  id: string;
  brand: string;
  group_name: string;
  number: string;
  number_token: string;
  call_id: string;
  language: string;
  reason: string;
  requested_at: number;
  state: string;
  closed_at: number | null;
  closed_by: string | null;
  origin: string;
  since: number | null;
}

export interface NumberRow {
  did: string;
  source: string;
  brand: string;
  flow: string;
  language: string;
  label: string;
  /** null: the same as `label`. */
  label_en: string | null;
  /** JSON: what its flow is given; null: nothing. */
  params: string | null;
  /** Whether its calls are recorded: 1, 0; null: as the flow and the settings say. */
  record: number | null;
  updated_at: number;
}

export interface DealerRow {
  brand: string;
  code: string;
  name: string;
  province: number;
  district: string;
  address: string;
  postcode: string;
  phone: string;
  hours: string;
  latitude: number | null;
  longitude: number | null;
  created_at: number;
  updated_at: number;
}

export interface UserRow {
  id: string;
  name: string;
  role: string;
  password_hash: string;
  must_change_password: number;
  created_at: number;
  disabled_at: number | null;
}

export interface TokenRow {
  id: string;
  user_id: string;
  kind: string;
  label: string;
  hash: string;
  created_at: number;
  expires_at: number;
}

export interface SwitchRow {
  brand: string;
  name: string;
  is_on: number;
  text_tr: string | null;
  text_en: string | null;
  from_at: number | null;
  until_at: number | null;
  changed_at: number;
  changed_by: string;
  changed_via: string;
}

export interface SwitchPinRow {
  brand: string;
  name: string;
  hash: string;
  failures: number;
  locked_until: number;
}

export interface AuditRow {
  id: string;
  brand: string;
  at: number;
  actor: string;
  via: string;
  what: string;
  subject: string;
  /** JSON. */
  details: string;
}

/** `provider_ref` came with a later step of the schema than the rest: what stores a message leaves it out. */
export interface OutboxRow extends MessageRow {
  provider_ref: Generated<string | null>;
}

/** `order_token`: of what was ordered, which holds a number. */
export interface CallKeyRow {
  brand: string;
  order_key: string;
  order_token: string;
  call_id: string;
  claimed_at: number;
}

export interface Schema extends CampaignTables, RegistryTables {
  calls: CallRow;
  legs: LegRow;
  sessions: SessionRow;
  journal: JournalRow;
  messages: OutboxRow;
  consents: ConsentRow;
  consent_history: ConsentHistoryRow;
  do_not_contact: DoNotContactRow;
  recordings: RecordingRow;
  call_recordings: CallRecordingRow;
  callback_requests: CallbackRequestRow;
  missed_calls: MissedCallRow;
  directory_people: DirectoryPersonRow;
  directory_absences: DirectoryAbsenceRow;
  callback_entries: CallbackRow;
  callback_attempts: CallbackAttemptRow;
  callback_findings: CallbackFindingRow;
  callback_history: CallbackHistoryRow;
  callback_form_requests: CallbackFormRow;
  consent_words: ConsentWordsRow;
  survey_invitations: InvitationRow;
  survey_responses: ResponseRow;
  survey_answers: AnswerRow;
  survey_comments: SurveyCommentRow;
  services: ServiceRow;
  service_calendars: ServiceCalendarRow;
  appointments: AppointmentRow;
  appointment_feeds: AppointmentFeedRow;
  customers: CustomerRow;
  flow_revisions: RevisionRow;
  releases: ReleaseTableRow;
  definition_texts: DefinitionTextRow;
  flow_drafts: DraftRow;
  flow_scenarios: FlowScenariosRow;
  flow_counts: FlowCountRow;
  numbers: NumberRow;
  dealers: DealerRow;
  users: UserRow;
  tokens: TokenRow;
  switches: SwitchRow;
  switch_pins: SwitchPinRow;
  audit: AuditRow;
  call_keys: CallKeyRow;
  agents: AgentRow;
  agent_phones: AgentPhoneRow;
  agent_states: AgentStateRow;
  acd_events: AcdEventRow;
  queue_waits: QueueWaitRow;
  last_talks: LastTalkRow;
  talk_notes: TalkNoteRow;
  imports: ImportRow;
  match_settings: MatchSettingsRow;
  match_customers: MatchCustomerRow;
  match_keys: MatchKeyRow;
  segment_members: SegmentMemberRow;
  lists: ContactListRow;
  list_blocks: ListBlockRow;
  contacts: StoredContactRow;
  contact_tokens: ContactTokenRow;
  import_problems: ImportProblemRow;
  schema_version: { version: number; name: string; applied_at: number };
  /** One row, rewritten by every ping: proof that the database can be written. */
  heartbeat: { id: number; at: number };
}
