import { openStores } from '../../src/store/open-stores.ts';
import { systemIds } from '../../src/system-clock.ts';
import { silentLog } from '../kit/asterisk.ts';
import { directReader, importHouse } from '../kit/imports.ts';
import { TEST_SEAL } from '../kit/seal.ts';

/** An importer in a process of its own that can be killed: `lists-child.ts <SQLite file> <rows>`, DATABASE_URL for PostgreSQL. Tells each batch that is stored, then waits for its end in the middle. */
const [sqliteFile = '', rows = '0'] = process.argv.slice(2);
const databaseUrl = process.env['DATABASE_URL'];
const stores = await openStores({ sqliteFile, databaseUrl: databaseUrl === '' ? undefined : databaseUrl, log: silentLog, seal: TEST_SEAL });
const house = importHouse(stores.matching.imports, {
  lists: stores.lists.loads,
  ids: systemIds,
  reader: {
    ...directReader,
    async *rows(file, job) {
      let batches = 0;
      for await (const batch of directReader.rows(file, job)) {
        yield batch;
        batches += 1;
        process.stdout.write(`${batches}\n`);
        if (batches === 2) await new Promise(() => setInterval(() => undefined, 1000));
      }
    },
  },
});
const text = `telefon\n${Array.from({ length: Number(rows) }, (_, i) => `05321${String(100_000 + i)}`).join('\n')}`;
await house.load(text, { kind: 'contacts', list: { name: 'liste', append: false } });
