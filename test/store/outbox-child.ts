import { webhooks } from '../../src/notify/webhooks.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { systemClock } from '../../src/system-clock.ts';
import { silentLog } from '../kit/asterisk.ts';
import { testOutbox } from '../kit/outbox.ts';
import { TEST_SEAL } from '../kit/seal.ts';

/** An engine's outbox alone, in a process of its own that can be killed: `outbox-child.ts <SQLite file> <receiver's URL>`, DATABASE_URL for PostgreSQL. */
const [sqliteFile = '', url = ''] = process.argv.slice(2);
const databaseUrl = process.env['DATABASE_URL'];
const stores = await openStores({ sqliteFile, databaseUrl: databaseUrl === '' ? undefined : databaseUrl, log: silentLog, seal: TEST_SEAL });
const targets = new Map([['crm', { name: 'crm', url, format: 'santral' as const, events: [] }]]);
const webhook = webhooks({ targets, secrets: new Map([['crm', 'a secret of the tests']]), privateAddresses: true, now: systemClock.now });
/** Leases run out two seconds after they were taken, so that the tests need not wait as long as an engine would. */
const store = {
  ...stores.outbox,
  claim: (channel: 'sms' | 'email' | 'webhook', options: { now: number; leaseUntil: number; limit: number }) =>
    stores.outbox.claim(channel, { ...options, leaseUntil: options.now + 2000 }),
};
const outbox = testOutbox({
  store,
  consents: stores.consents,
  clock: systemClock,
  notifiers: { sms: null, email: null, webhook },
  parallel: 8,
});
await outbox.start();
