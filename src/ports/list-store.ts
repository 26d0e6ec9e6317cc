import type { BrandId } from '../domain/brand.ts';
import type { ContactId, ListId } from '../domain/ids.ts';
import type { E164 } from '../domain/phone-number.ts';
import type { ValueMap } from '../domain/value.ts';

/** What a column of a list holds. money: in the unit of its currency (12.5), as the filter `money:TRY` takes it; date, time: ISO 8601 text. */
export const VARIABLE_TYPES = ['text', 'number', 'date', 'time', 'money'] as const;
export type VariableType = (typeof VARIABLE_TYPES)[number];

export interface ListVariable {
  /** As flows read it: a parameter's name. */
  readonly name: string;
  readonly type: VariableType;
}

/** loading: its rows are not to be seen yet · ready · failed: holds nothing. */
export type ListState = 'loading' | 'ready' | 'failed';

export interface ListRow {
  readonly id: ListId;
  readonly brand: BrandId;
  readonly name: string;
  readonly state: ListState;
  readonly variables: readonly ListVariable[];
  /** Contacts in it. */
  readonly contacts: number;
  readonly createdAt: number;
  readonly createdBy: string;
}

/** One person of a list. The number is unique within the list. */
export interface ContactRow {
  readonly id: ContactId;
  readonly list: ListId;
  /** 1, 2, 3 … in the order they came; those appended later stand behind. */
  readonly rowNo: number;
  readonly number: E164;
  /** Keyed token of the number, the same as in consents (`seal.token('recipient', number)`). */
  readonly numberToken: string;
  readonly variables: ValueMap;
}

export type NewContact = Pick<ContactRow, 'id' | 'number' | 'variables'>;

/** Lists of contacts, as the dialler needs them. */
export interface ListStore {
  get(brand: BrandId, id: ListId): Promise<ListRow | undefined>;
  /** A list without rows that is ready for `append`. */
  create(list: Omit<ListRow, 'contacts' | 'state'>): Promise<void>;
  /**
   * Adds contacts behind the others; those whose number the list has are left out. All or nothing. `added` are the ids
   * that are new. Rejects with `request.not-found` when there is no such list that is ready.
   */
  append(
    brand: BrandId,
    id: ListId,
    contacts: readonly NewContact[],
  ): Promise<{ readonly added: readonly ContactId[]; readonly known: number }>;
  contact(brand: BrandId, id: ContactId): Promise<ContactRow | undefined>;
  /** Rows of a list behind `after`, in order. */
  rows(brand: BrandId, id: ListId, after: number, limit: number): Promise<readonly ContactRow[]>;
}
