export interface ContactListRow {
  no: number;
  id: string;
  brand: string;
  name: string;
  state: string;
  /** JSON. */
  variables: string;
  contacts: number;
  /** Places that were ever given: the next contact stands behind them. */
  places: number;
  created_at: number;
  created_by: string;
}

/** `block`: the import's `seq`; of what was appended, less than 0. */
export interface ListBlockRow {
  list_no: number;
  block: number;
  base: number;
  size: number;
}

/** `person`: sealed JSON. */
export interface StoredContactRow {
  list_no: number;
  block: number;
  no: number;
  id: string;
  number_token: string;
  person: string;
}

/** `token`: the first letters of `number_token`. */
export interface ContactTokenRow {
  list_no: number;
  token: string;
  block: number;
  no: number;
}

export interface ImportProblemRow {
  brand: string;
  seq: number;
  row_no: number;
  column_name: string | null;
  value: string;
  reason: string;
}
