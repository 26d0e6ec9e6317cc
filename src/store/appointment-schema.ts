/** Tables of appointments, as `schema.ts` holds the others. */

/** What dealers do at agreed times. */
export interface ServiceRow {
  brand: string;
  code: string;
  label: string;
  label_en: string;
  updated_at: number;
}

export interface ServiceCalendarRow {
  brand: string;
  dealer: string;
  service: string;
  hours: string;
  slot_minutes: number;
  capacity: number;
  lead_minutes: number;
  horizon_days: number;
  holidays: string | null;
  closures: string;
  updated_at: number;
}

/** `person`: numbers and name, sealed; found by `caller_token`. A moved one stays, and the one that took its place has its series. */
export interface AppointmentRow {
  id: string;
  brand: string;
  code: string;
  dealer: string;
  service: string;
  starts_at: number;
  ends_at: number;
  place: number;
  state: string;
  held_until: number | null;
  holder: string | null;
  caller_token: string | null;
  person: string;
  customer: string | null;
  language: string;
  series: string;
  sequence: number;
  call_id: string | null;
  hold_key: string;
  change_key: string | null;
  created_at: number;
  updated_at: number;
  confirmed_at: number | null;
}

/** Who may read a dealer's appointments as a calendar: whoever has the token of this hash. */
export interface AppointmentFeedRow {
  brand: string;
  dealer: string;
  hash: string;
  created_at: number;
}

/** `person`: name, number and plate, sealed; found by their tokens. */
export interface CustomerRow {
  brand: string;
  code: string;
  person: string;
  phone_token: string | null;
  plate_token: string | null;
  last_dealer: string | null;
  updated_at: number;
}
