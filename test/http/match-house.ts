import type { CallId, IdSource, ImportId, ListId } from '../../src/domain/ids.ts';
import type { HttpDeps } from '../../src/http/deps.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { createLists } from '../../src/services/lists/lists.ts';
import { createExpectations } from '../../src/services/matching/expectations.ts';
import { createMatching, type Matching } from '../../src/services/matching/matching.ts';
import { createNumberTokens } from '../../src/services/matching/number-tokens.ts';
import { parseSegments } from '../../src/services/matching/segments-file.ts';
import { importHouse, inPieces, MATCH_BRAND, TEST_TOKEN_KEYS } from '../kit/imports.ts';

export interface MatchHouse {
  readonly deps: Pick<HttpDeps, 'imports' | 'lists' | 'matching' | 'expectations' | 'segments'>;
  readonly matching: Matching;
  /** A file that was loaded, with a bad row. */
  loaded(): Promise<ImportId>;
  /** A file that waits. */
  waiting(): Promise<ImportId>;
  /** A file of contacts that waits. */
  waitingContacts(): Promise<ImportId>;
  /** A list of a file with a bad row, and the file's load. */
  listed(): Promise<{ readonly list: ListId; readonly load: ImportId }>;
  /** A new call of that number on everybody's line; by default of one customer, 02121234599 is the last digits of many. */
  callOnLine(ani?: string): Promise<CallId>;
  verify(): Promise<void>;
  /** Nothing is being loaded any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const ONE = '0532 123 45 67;Ayşe Yılmaz;17;1984;İzmir';
const MANY = Array.from({ length: 12 }, (_, i) => `05${30 + i}1234599;Müşteri ${i};M${i};${1960 + i};Van`);
const TABLE = ['telefon;ad soyad;müşteri no;doğum yılı;şehir', ONE, ...MANY, '112;x;;;'].join('\n');
const SEGMENTS = 'segments: { vip: { label: { tr: VIP, en: VIP }, class: vip } }';

/** Customers and candidates on the house's store, with a call that every agent has on the line. */
export function matchHouse(parts: {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}): MatchHouse {
  const { stores, clock, ids } = parts;
  let line: CallId | null = null;
  const tokens = createNumberTokens(TEST_TOKEN_KEYS);
  const matching = createMatching({ ...parts, tokens, callOfAgent: () => line });
  const { rules } = parseSegments({ path: 'flows/segments.yaml', text: SEGMENTS });
  const changed = (brand: typeof MATCH_BRAND): void => matching.forget(brand);
  const files = importHouse(stores.matching.imports, { ids, clock, segments: ['vip'], lists: stores.lists.loads, changed });
  const lists = createLists({ store: stores.lists, clock, ids, rules: { region: 'TR' } });
  let loaded: Promise<ImportId> | undefined;
  const load = () => (loaded ??= files.load(TABLE).then(({ id }) => id));
  let made = 0;
  return {
    deps: { imports: files.imports, lists, matching, expectations: createExpectations(stores.matching, clock), segments: { rules } },
    matching,
    loaded: load,
    waiting: async () => {
      for (const { id } of files.imports.waiting(MATCH_BRAND)) await files.imports.discard(MATCH_BRAND, id);
      const upload = { brand: MATCH_BRAND, kind: 'customers', name: 'b.csv', by: 'test', chunks: inPieces(TABLE) } as const;
      return (await files.imports.upload(upload)).id;
    },
    waitingContacts: async () => {
      for (const { id } of files.imports.waiting(MATCH_BRAND)) await files.imports.discard(MATCH_BRAND, id);
      const upload = { brand: MATCH_BRAND, kind: 'contacts', name: 'l.csv', by: 'test', chunks: inPieces(TABLE) } as const;
      return (await files.imports.upload(upload)).id;
    },
    listed: async () => {
      made += 1;
      const done = await files.load(TABLE, { kind: 'contacts', list: { name: `liste ${made}`, append: false } });
      return { list: done.list as ListId, load: done.id };
    },
    callOnLine: async (ani = '05321234567') => {
      await load();
      line = ids.next('call');
      matching.arrived({ id: line, brand: MATCH_BRAND, ani, dealer: null });
      return line;
    },
    verify: async () => void (await matching.verify({ id: ids.next('user'), name: 'test' }, 'c1', 'birth-year', '1984')),
    settled: () => files.imports.settled(),
    close: () => files.close(),
  };
}
