import { openStores } from '../../src/store/open-stores.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { change, session } from './fixtures.ts';

/** Run by `sqlite-faults.test.ts` to be killed: commits for ever, and says after each what is safe. */
const [, , sqliteFile = ''] = process.argv;
const log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
const stores = await openStores({ sqliteFile, log, seal: TEST_SEAL });
for (let step = 1; ; step += 1) {
  await stores.calls.commit(change(1, [step * 2 - 1, step * 2], { session: session(1, { step }) }));
  process.stdout.write(`${step}\n`);
}
