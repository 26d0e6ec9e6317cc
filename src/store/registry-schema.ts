/** `recipient`: sealed; found by its token. `id`: that of its line in consent_history. */
export interface RegistrySendRow {
  id: string;
  brand: string;
  recipient_token: string;
  recipient_type: string;
  type: string;
  recipient: string;
  status: string;
  source: string;
  consent_date: number;
  state: string;
  reason: string | null;
  reference: string | null;
  request: string | null;
  place: string | null;
  attempts: number;
  next_at: number;
  due_at: number;
  alarm_at: number;
  forced: number;
  created_at: number;
  ended_at: number | null;
}

/** `status` null: the registry has no record. `unread_at`: since when what the registry says of it is not known. */
export interface RegistryHeldRow {
  brand: string;
  recipient_token: string;
  recipient_type: string;
  type: string;
  status: string | null;
  consent_date: number;
  learned_at: number;
  unread_at: number | null;
}

/** `after`: the registry's cursor. `lost`: changes that nobody could understand, up to `lost_at`. */
export interface RegistryPullRow {
  brand: string;
  side: string;
  after: string | null;
  pulled_at: number | null;
  failed_at: number | null;
  error: string | null;
  gap_from: number | null;
  gap_seen_at: number | null;
  lost: number;
  lost_at: number | null;
}

/** `holder`: the engine that talks with the registry; `collected_to`: up to when recorded consents were taken. */
interface RegistryLinkRow {
  brand: string;
  holder: string;
  until: number;
  collected_to: number | null;
}

export interface RegistryTables {
  registry_sends: RegistrySendRow;
  registry_held: RegistryHeldRow;
  registry_pulls: RegistryPullRow;
  registry_links: RegistryLinkRow;
}
