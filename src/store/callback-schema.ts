/** `number`, `about`: sealed; null and empty once they are wiped. `shown`: masked. */
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

/** `outcome`: what became of it. The number is in the entry alone, what was said in its `about`. */
export interface CallbackFormRow {
  id: string;
  brand: string;
  form: string;
  at: number;
  token_hash: string;
  origin: string;
  language: string;
  topic: string;
  consent_version: string;
  consent_hash: string;
  number_token: string;
  entry: string | null;
  outcome: string;
}

export interface ConsentWordsRow {
  hash: string;
  words: string;
}
