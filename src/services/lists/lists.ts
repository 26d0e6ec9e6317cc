import type { AuditEntry } from '../../domain/audit.ts';
import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { ContactId, IdSource, ListId } from '../../domain/ids.ts';
import { maskNumbersIn } from '../../domain/mask-number.ts';
import type { NumberRules } from '../../domain/phone-number.ts';
import type { Value, ValueMap } from '../../domain/value.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ContactListStore } from '../../ports/contact-lists.ts';
import type { ListRow, ListVariable, NewContact } from '../../ports/list-store.ts';
import type { RejectedLine, StoredImport } from '../../ports/matching.ts';
import { readNumbers } from '../importer/number-cell.ts';
import { readVariable, VARIABLE_REASONS } from './variable-cell.ts';

/** A contact as another system sends it. */
export interface SentContact {
  readonly number: string;
  readonly variables: ValueMap;
}

/** What became of contacts that were sent: each is exactly one of them. */
export interface Appended {
  readonly added: readonly ContactId[];
  /** Their number is in the list already, or was sent twice. */
  readonly known: number;
  /** `row`: the place in what was sent, from 1. */
  readonly rejected: readonly RejectedLine[];
}

/** Lists of contacts beside their files: made, added to by other systems, looked at, removed. */
export interface Lists {
  list(brand: BrandId): Promise<readonly ListRow[]>;
  get(brand: BrandId, id: ListId): Promise<ListRow | undefined>;
  /** An empty list that other systems add to. Rejects with `request.conflict` when there is one of the name. */
  create(brand: BrandId, name: string, variables: readonly ListVariable[], by: string): Promise<ListRow>;
  /** All good ones in one go. Rejects with `request.not-found` when there is no such list that is ready. */
  append(brand: BrandId, id: ListId, contacts: readonly SentContact[]): Promise<Appended>;
  /** Rejects with `request.conflict` while a file is being loaded into it. */
  remove(brand: BrandId, id: ListId, by: string): Promise<void>;
  /** Loads of a list, newest first. */
  loads(brand: BrandId, id: ListId): Promise<readonly StoredImport[]>;
  /** Every row of a load that was not taken and is kept. */
  report(brand: BrandId, load: StoredImport['id']): Promise<readonly RejectedLine[]>;
  /** Lists that a file is part of already. */
  withFile(brand: BrandId, hash: string): Promise<readonly ListRow[]>;
  rows: ContactListStore['rows'];
}

export interface ListsDeps {
  readonly store: ContactListStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
  readonly rules: NumberRules;
}

const LOADS_SHOWN = 50;
const REPORT_PAGE = 10_000;

export function createLists({ store, clock, ids, rules }: ListsDeps): Lists {
  async function demand(brand: BrandId, id: ListId): Promise<ListRow> {
    const list = await store.get(brand, id);
    if (list === undefined) throw new SantralError('request.not-found', 'There is no such list.');
    return list;
  }

  return {
    list: (brand) => store.list(brand),
    get: (brand, id) => store.get(brand, id),
    rows: (brand, id, after, limit) => store.rows(brand, id, after, limit),
    withFile: (brand, hash) => store.withFile(brand, hash),

    async create(brand, name, variables, by) {
      if ((await store.list(brand)).some((one) => one.name === name)) throw sameName(name);
      const list = { id: ids.next('list'), brand, name, variables, createdAt: clock.now(), createdBy: by };
      try {
        await store.create(list);
      } catch (error) {
        // Somebody else made it in the same moment.
        throw error instanceof SantralError && error.code === 'store.conflict' ? sameName(name) : error;
      }
      return { ...list, state: 'ready', contacts: 0 };
    },

    async append(brand, id, contacts) {
      const { variables } = await demand(brand, id);
      const rejected: RejectedLine[] = [];
      const good: NewContact[] = [];
      contacts.forEach((sent, index) => {
        const read = readSent(sent, variables, rules);
        if ('reason' in read) rejected.push({ row: index + 1, ...read });
        else good.push({ id: ids.next('contact'), ...read });
      });
      return { ...(await store.append(brand, id, good)), rejected };
    },

    async remove(brand, id, by) {
      const { name, contacts } = await demand(brand, id);
      const details = { name, contacts };
      const audit: AuditEntry = {
        id: ids.next('audit'),
        brand,
        at: clock.now(),
        actor: by,
        via: 'api',
        what: 'list-removed',
        subject: id,
        details,
      };
      if (await store.remove(brand, id, audit)) return;
      throw new SantralError('request.conflict', 'A file is being loaded into the list. Remove it when that is done.');
    },

    async loads(brand, id) {
      await demand(brand, id);
      return store.loads.of(brand, id, LOADS_SHOWN);
    },

    async report(brand, load) {
      const lines: RejectedLine[] = [];
      for (let after = 0; ; ) {
        const page = await store.loads.rejected(brand, load, after, REPORT_PAGE);
        lines.push(...page);
        after = page.at(-1)?.row ?? after;
        if (page.length < REPORT_PAGE) return lines;
      }
    },
  };
}

function sameName(name: string): SantralError {
  return new SantralError('request.conflict', `There is a list "${name}" already.`);
}

type Read = Omit<NewContact, 'id'> | Omit<RejectedLine, 'row'>;

function readSent({ number, variables: given }: SentContact, known: readonly ListVariable[], rules: NumberRules): Read {
  const numbers = readNumbers(number, rules);
  if (numbers.kind === 'bad') return { column: 'number', value: numbers.value, reason: numbers.reason };
  const [first, ...more] = numbers.numbers;
  if (first === undefined || more.length > 0)
    return { column: 'number', value: maskNumbersIn(number), reason: 'holds several numbers; give one' };
  const strange = Object.keys(given).find((name) => !known.some((one) => one.name === name));
  if (strange !== undefined)
    return {
      column: maskNumbersIn(strange).slice(0, 80),
      value: '',
      reason: `is no variable of the list; there are ${known.map(({ name }) => name).join(', ') || 'none'}`,
    };
  const variables: Record<string, Value> = {};
  for (const { name, type } of known) {
    const written = given[name] ?? '';
    const value = typeof written === 'string' || typeof written === 'number' ? readVariable(type, String(written), 'point') : undefined;
    if (value === undefined)
      return {
        column: name,
        value: typeof written === 'string' ? maskNumbersIn(written).slice(0, 80) : '',
        reason: VARIABLE_REASONS[type],
      };
    variables[name] = value;
  }
  return { number: first, variables };
}
