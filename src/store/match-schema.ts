export interface ImportRow {
  brand: string;
  seq: number;
  id: string;
  kind: string;
  state: string;
  name: string;
  started_at: number;
  started_by: string;
  alive_at: number;
  finished_at: number | null;
  /** JSON, as `rejected`. */
  counts: string;
  rejected: string;
  problem: string | null;
  /** Up to which customer or token the rows that this import took the place of are removed; null: all of them are. */
  tidied: string | null;
  /** Of contacts: the list they are loaded into, and the file's hash. */
  list_id: string | null;
  file_hash: string | null;
}

export interface MatchSettingsRow {
  brand: string;
  /** JSON. */
  settings: string;
  updated_at: number;
}

/** `person`: sealed JSON, everything of the record but its times. */
export interface MatchCustomerRow {
  brand: string;
  customer: string;
  seq: number;
  person: string;
  digest: string;
  last_contact_at: number | null;
  appointment_at: number | null;
}

export interface MatchKeyRow {
  brand: string;
  form: string;
  match_key: string;
  customer: string;
  seq: number;
}

export interface SegmentMemberRow {
  brand: string;
  token: string;
  seq: number;
  segment: string;
}
