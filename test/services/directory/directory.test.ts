import { describe, expect, it } from 'vitest';
import { type BrandId, DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { Dealer } from '../../../src/domain/dealer.ts';
import type { DirectoryEntry } from '../../../src/domain/directory.ts';
import { parseDirectory } from '../../../src/domain/directory-file.ts';
import { makeId } from '../../../src/domain/ids.ts';
import { parseWeeklyHours } from '../../../src/domain/weekly-hours.ts';
import { HOUSE_ACTIONS } from '../../../src/flow/house-actions.ts';
import type { DirectoryStore, KeptAbsence } from '../../../src/ports/directory.ts';
import { createDirectory } from '../../../src/services/directory/directory.ts';
import { directoryActions } from '../../../src/services/directory/directory-actions.ts';
import { sweepMissed } from '../../../src/services/directory/missed.ts';
import { queueActions } from '../../../src/services/floor/queue-actions.ts';
import { actionContext } from '../../kit/action-context.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';

const FILE = `people:
  ayse: { name: Ayşe, try: [{ extension: "201" }] }
  bora: { name: Bora, try: [{ extension: "202" }] }
departments:
  service: { label: { tr: Servis, en: Service }, webhook: crm, try: [{ person: ayse }] }
dealers:
  IST-01: { email: bir@bayi.example.com, try: [{ extension: "301" }, { own: true }] }
`;
const HOURS = parseWeeklyHours('daily 00:00-24:00');
const dealer = {
  brand: DEFAULT_BRAND,
  code: 'IST-01',
  name: 'Boğaziçi Servis',
  phone: '+902125550001',
  hours: HOURS.kind === 'ok' ? HOURS.hours : [],
} as unknown as Dealer;
const service = { kind: 'department', id: 'service' } as const;
const ayse = { kind: 'person', id: 'ayse' } as const;
const bora = { kind: 'person', id: 'bora' } as const;

function opened({ ours = [] as readonly string[] } = {}) {
  const clock = virtualClock();
  let kept: KeptAbsence[] = [];
  let people: readonly DirectoryEntry[] = [];
  let away = false;
  let count = 0;
  const mayRead = () => {
    if (away) throw new Error('the database is away');
  };
  const store: DirectoryStore = {
    absences: async (_brand, now) => {
      mayRead();
      return kept.filter(({ until }) => until > now);
    },
    addAbsence: async (absence) => void kept.push(absence),
    removeAbsence: async (_brand, id) => {
      const before = kept.length;
      kept = kept.filter((one) => one.id !== id);
      return kept.length < before;
    },
    people: async () => {
      mayRead();
      return people;
    },
    putPerson: async (_brand, person) => void (people = [...people.filter(({ id }) => id !== person.id), person]),
    removePerson: async (_brand, code) => {
      const before = people.length;
      people = people.filter(({ id }) => id !== code);
      return people.length < before;
    },
  };
  const directory = createDirectory({
    store,
    entries: parseDirectory({ path: 'flows/directory.yaml', text: FILE }).entries,
    dealers: { all: async () => [dealer] },
    calendar: () => undefined,
    leadsHere: (number) => ours.includes(number),
    ...{ brand: DEFAULT_BRAND, language: 'tr', zone: 'Europe/Istanbul', clock, log: silentLog },
    ids: { next: (kind) => makeId(kind, clock.now() + (count += 1), []) },
  });
  const rung = async (ref: Parameters<typeof directory.attempts>[0], brand = DEFAULT_BRAND): Promise<string> => {
    const found = await directory.attempts(ref, brand);
    if (found.kind !== 'rounds') return found.kind;
    return found.rounds
      .flat()
      .map(({ telephone: t }) => (t.kind === 'extension' ? t.extension : t.number))
      .join(' ');
  };
  return { directory, store, clock, rung, disconnect: (on: boolean) => void (away = on) };
}

describe('the directory', () => {
  it('knows departments, dealers and people; another brand finds its dealers only', async () => {
    const { directory, rung } = opened();
    await directory.start();
    expect(await rung(service)).toBe('201');
    expect(await rung({ kind: 'dealer', id: 'IST-01' })).toBe('301 +902125550001');
    expect(await rung({ kind: 'dealer', id: 'IST-09' })).toBe('unknown');
    const other = 'other' as BrandId;
    expect(await rung(service, other)).toBe('unknown');
    expect(await rung({ kind: 'dealer', id: 'IST-01' }, other)).toBe('+902125550001');
    expect(await directory.list()).toMatchObject([
      { kind: 'dealer', id: 'IST-01', label: { tr: 'Boğaziçi Servis' }, state: 'open', telephones: 2, email: 'bir@bayi.example.com' },
      { kind: 'department', id: 'service', webhook: 'crm' },
      { kind: 'person', id: 'ayse' },
      { kind: 'person', id: 'bora' },
    ]);
    expect(directory.webhookOf(service)).toBe('crm');
    expect(directory.webhookOf(ayse)).toBeNull();
  });

  it('a dealer’s own number that comes in here is not rung again and again', async () => {
    const { directory, rung } = opened({ ours: ['+902125550001'] });
    await directory.start();
    expect(await rung({ kind: 'dealer', id: 'IST-01' })).toBe('301');
  });

  it('an absence counts from its beginning to its end; somebody stands in', async () => {
    const { directory, rung, clock } = opened();
    await directory.start();
    const now = clock.now();
    const { id } = await directory.addAbsence({ of: ayse, from: now + 5000, until: now + 9000, instead: bora }, 'deniz');
    expect(await rung(service)).toBe('201');
    await clock.pass(5000);
    expect(await rung(service)).toBe('202');
    await clock.pass(4000);
    expect(await rung(service)).toBe('201');
    expect(await directory.absences()).toEqual([]);
    await directory.removeAbsence(id);
    await expect(directory.removeAbsence(id)).rejects.toMatchObject({ code: 'request.not-found' });
    await directory.addAbsence({ of: ayse, from: null, until: clock.now() + 1000, instead: null }, 'deniz');
    expect(await directory.view(service, DEFAULT_BRAND)).toMatchObject({ state: 'away', telephones: 0 });
  });

  it.each([
    ['nobody of that name', { of: { kind: 'person', id: 'zoe' } }, 'request.not-found'],
    ['a stand-in nobody knows', { instead: { kind: 'person', id: 'zoe' } }, 'request.not-found'],
    ['oneself as stand-in', { instead: ayse }, 'request.invalid'],
    ['an end in the past', { until: 1 }, 'request.invalid'],
    ['an end before the beginning', { from: 9e12, until: 8e12 }, 'request.invalid'],
    ['longer than a year', { until: 9e12 }, 'request.invalid'],
  ] as const)('refuses %s', async (_what, changed, code) => {
    const { directory, clock } = opened();
    await directory.start();
    const absence = { of: ayse, from: null, until: clock.now() + 1000, instead: null, ...changed };
    await expect(directory.addAbsence(absence, 'deniz')).rejects.toMatchObject({ code });
  });

  it('sees what others wrote within ten seconds; a database that is away costs nobody a call', async () => {
    const { directory, store, rung, clock, disconnect } = opened();
    await directory.start();
    const until = clock.now() + 60_000;
    await store.addAbsence({
      id: makeId('absence', 1, []),
      brand: DEFAULT_BRAND,
      of: ayse,
      from: 0,
      until,
      instead: null,
      createdAt: 0,
      createdBy: 'x',
    });
    expect(await rung(service)).toBe('201');
    disconnect(true);
    await clock.pass(10_001);
    expect(await rung(service)).toBe('201');
    await clock.pass(0);
    disconnect(false);
    await clock.pass(10_001);
    await rung(service);
    await clock.pass(0);
    expect(await rung(service)).toBe('');
  });

  it('people who were put in win over those of the file, until they are taken out', async () => {
    const { directory, rung } = opened();
    await directory.start();
    const usual = { ringMs: 25_000, accept: 'answer' } as const;
    await directory.putPerson('ayse', { name: 'Ayşe', lines: [{ telephone: { kind: 'extension', extension: '299' }, usual }] });
    expect(await rung(service)).toBe('299');
    expect((await directory.list('person')).map(({ id }) => id)).toEqual(['ayse', 'bora']);
    await directory.removePerson('ayse');
    expect(await rung(service)).toBe('201');
    await expect(directory.removePerson('ayse')).rejects.toMatchObject({ code: 'request.not-found' });
  });
});

describe('what flows ask of the house', () => {
  const asked = HOUSE_ACTIONS.map(({ name }) => name);

  it('directory.get', async () => {
    const { directory } = opened();
    await directory.start();
    const get = directoryActions(directory)['directory.get'];
    expect(asked).toContain('directory.get');
    expect(await get({ kind: 'dealer', id: 'IST-01' }, actionContext())).toEqual({
      ...{ kind: 'dealer', id: 'IST-01', name: { tr: 'Boğaziçi Servis', en: 'Boğaziçi Servis' }, state: 'open' },
      ...{ email: 'bir@bayi.example.com', webhook: '' },
    });
    expect(await get({ kind: 'dealer', id: 'X' }, actionContext())).toBeNull();
    await expect(get({ kind: 'planet', id: 'X' }, actionContext())).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('queues.state', async () => {
    const agents = { loggedIn: 3, available: 1, busy: 2, paused: 0, unreachable: 0 };
    const support = { id: 'support', label: { tr: 'Destek', en: 'Support' }, open: true, waiting: 2, waitingSince: 40_000, agents };
    const sales = { ...support, id: 'sales', open: false, waiting: 0, waitingSince: null };
    const { 'queues.state': state } = queueActions({
      queues: () => [support, sales],
      expectedWait: (queue) => (queue === 'support' ? 61_400 : null),
      clock: { now: () => 100_000 },
    });
    expect(asked).toContain('queues.state');
    const about = { loggedIn: 3, available: 1 };
    expect(await state({ queue: 'support' }, actionContext())).toEqual({
      open: true,
      waiting: 2,
      longestWaitSeconds: 60,
      estimatedWaitSeconds: 61,
      ...about,
    });
    expect(await state({ queue: 'sales' }, actionContext())).toEqual({
      open: false,
      waiting: 0,
      longestWaitSeconds: 0,
      estimatedWaitSeconds: null,
      ...about,
    });
    expect(await state({ queue: 'nowhere' }, actionContext())).toBeNull();
  });
});

it('numbers of missed calls are wiped when they are old', async () => {
  const asked: number[] = [];
  const store = { wipe: async (before: number) => asked.push(before) };
  expect(await sweepMissed({ store, clock: { now: () => 100_000 }, log: silentLog, keepMs: 60_000 })).toBe(1);
  expect(asked).toEqual([40_000]);
});
