/** `telephones`: the rounds as sealed JSON. */
export interface DirectoryPersonRow {
  brand: string;
  code: string;
  name: string;
  language: string | null;
  calendar: string | null;
  email: string | null;
  webhook: string | null;
  telephones: string;
  updated_at: number;
}

export interface DirectoryAbsenceRow {
  id: string;
  brand: string;
  kind: string;
  ref_id: string;
  from_at: number;
  until_at: number;
  instead_kind: string | null;
  instead_id: string | null;
  created_at: number;
  created_by: string;
}

/** `number`: sealed; null: withheld, or wiped. */
export interface MissedCallRow {
  id: string;
  brand: string;
  call_id: string;
  kind: string;
  ref_id: string;
  number: string | null;
  number_token: string | null;
  language: string;
  at: number;
}
