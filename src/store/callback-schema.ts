/** `number`: sealed; null once it is wiped. `shown`: masked. */
export interface CallbackRow {
  id: string;
  brand: string;
  group_name: string;
  kind: string;
  origin: string;
  number: string | null;
  number_token: string;
  shown: string;
  language: string;
  about: string;
  queue: string;
  first_at: number;
  last_at: number;
  count: number;
  since: number;
  state: string;
  attempts: number;
  faults: number;
  due_at: number;
  expires_at: number;
  agent: string | null;
  call_id: string | null;
  linked: string | null;
  changed_at: number;
  closed_at: number | null;
  reason: string | null;
  closed_by: string | null;
  version: number;
}

export interface CallbackAttemptRow {
  call_id: string;
  entry: string;
  brand: string;
  number_token: string;
  no: number;
  agent: string | null;
  at: number;
  ended_at: number | null;
  outcome: string | null;
}

/** `how`: added, merged, or why nobody is called. */
export interface CallbackFindingRow {
  id: string;
  brand: string;
  group_name: string;
  at: number;
  call_id: string | null;
  entry: string | null;
  how: string;
}

export interface CallbackHistoryRow {
  entry: string;
  version: number;
  at: number;
  event: string;
  state: string;
  by_whom: string;
  note: string;
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
}
