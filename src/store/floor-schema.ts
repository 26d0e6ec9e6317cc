/** `place`: sealed, because it may hold an outside number. `skills`, `queues`: JSON. */
export interface AgentRow {
  user_id: string;
  brand: string;
  display_name: string;
  language: string;
  place: string;
  skills: string;
  queues: string;
  updated_at: number;
}

/** `ha1`: sealed. */
export interface AgentPhoneRow {
  user_id: string;
  name: string;
  realm: string;
  ha1: string;
  made_at: number;
}

/** `state`, `missing`, `next`: JSON. */
export interface AgentStateRow {
  user_id: string;
  brand: string;
  state: string;
  since: number;
  idle_since: number;
  missing: string;
  wrap_up_asked: number;
  next: string | null;
  version: number;
}

/** `data`: JSON of everything that has no column. */
export interface AcdEventRow {
  id: string;
  brand: string;
  at: number;
  kind: string;
  call_id: string | null;
  agent: string | null;
  data: string;
}

/** `skills`, `passed_by`, `told`: JSON. */
export interface QueueWaitRow {
  call_id: string;
  wait_id: string;
  brand: string;
  queue: string;
  since: number;
  entered_at: number;
  class: string;
  skills: string;
  last_agent: string | null;
  passed_by: string;
  joined_at: number;
  told: string | null;
}

export interface LastTalkRow {
  brand: string;
  caller_token: string;
  agent: string;
  at: number;
}

/** `note`: sealed. */
export interface TalkNoteRow {
  talk_id: string;
  call_id: string;
  brand: string;
  agent: string;
  at: number;
  note: string;
  follow_up: number | null;
}
