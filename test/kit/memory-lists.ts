import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { ContactId, ListId } from '../../src/domain/ids.ts';
import type { E164 } from '../../src/domain/phone-number.ts';
import type { ValueMap } from '../../src/domain/value.ts';
import type { ContactRow, ListRow, ListStore } from '../../src/ports/list-store.ts';
import { TEST_SEAL } from './seal.ts';

/** Lists of contacts in memory; the store itself is tested on both databases. */
export function memoryLists(): ListStore & { add(list: ListId, numbers: readonly string[], variables?: ValueMap): readonly ContactRow[] } {
  const lists = new Map<ListId, ListRow>();
  const rows = new Map<ListId, ContactRow[]>();
  let made = 0;
  const store: ListStore = {
    get: async (_brand, id) => lists.get(id),
    async create(list) {
      lists.set(list.id, { ...list, contacts: 0, state: 'ready' });
      rows.set(list.id, []);
    },
    async append(_brand, id, contacts) {
      const before = rows.get(id) ?? [];
      const fresh = contacts.filter(({ number }) => !before.some((row) => row.number === number));
      for (const contact of fresh)
        before.push({ ...contact, list: id, rowNo: before.length + 1, numberToken: TEST_SEAL.token('recipient', contact.number) });
      rows.set(id, before);
      return { added: fresh.map((one) => one.id), known: contacts.length - fresh.length };
    },
    contact: async (_brand, id) => [...rows.values()].flat().find((row) => row.id === id),
    rows: async (_brand, id, after, limit) => (rows.get(id) ?? []).filter(({ rowNo }) => rowNo > after).slice(0, limit),
  };
  return {
    ...store,
    add(list, numbers, variables = {}) {
      const before = rows.get(list) ?? [];
      for (const number of numbers) {
        made += 1;
        const id = `ctc_${made}` as ContactId;
        before.push({
          id,
          list,
          rowNo: before.length + 1,
          number: number as E164,
          numberToken: TEST_SEAL.token('recipient', number),
          variables,
        });
      }
      rows.set(list, before);
      const first = { id: list, brand: DEFAULT_BRAND, name: list, variables: [], createdAt: 0, createdBy: 'ayse', state: 'ready' } as const;
      lists.set(list, { ...first, contacts: before.length });
      return before;
    },
  };
}
