import { expect, test } from 'vitest';
import type { Definitions } from '../../../src/ports/definitions.ts';
import { loadQueues } from '../../../src/services/floor/load-queues.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { FLOOR_BRAND } from '../../kit/floor.ts';

const file = (path: string, text: string) => ({ path, text });
const DEFINITIONS: Definitions = {
  ...{ flows: [], messages: [], numbers: null, recordings: new Set() },
  catalogue: [file('sounds/all.yaml', 'queue.comfort: { tr: Bekleyin., en: Wait. }\nqueue.whisper: { tr: Çağrı., en: A call. }\n')],
  calendars: [file('flows/calendars/office.yaml', 'calendar: office\nzone: Europe/Istanbul\nhours: mon-fri 09:00-18:00\n')],
  queues: file(
    'flows/queues.yaml',
    'queues:\n  support: { label: { tr: Destek, en: Support }, calendar: ofice, welcome: queue.welcme }\n  sales: []\n',
  ),
  dispositions: file('flows/dispositions.yaml', 'dispositions: { service: [] }\n'),
};

test('every problem is logged with its place, and what is good is used', async () => {
  const logged: string[] = [];
  const log = { ...silentLog, error: (_about: object, text: string) => void logged.push(text) };
  const { queues } = await loadQueues({ read: async () => DEFINITIONS }, FLOOR_BRAND, log);
  expect([...queues.keys()]).toEqual(['support']);
  expect(logged).toEqual([
    expect.stringMatching(/^flows\/queues\.yaml:3:3 /),
    expect.stringMatching(/^flows\/dispositions\.yaml:1:17 /),
    expect.stringMatching(/^flows\/queues\.yaml:2:50 .*"ofice"/),
    expect.stringMatching(/^flows\/queues\.yaml:2:67 .*"queue.welcme"/),
  ]);
});
