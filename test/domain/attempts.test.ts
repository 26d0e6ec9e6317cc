import { describe, expect, it } from 'vitest';
import { attemptsOf, type DirectoryMoment } from '../../src/domain/attempts.ts';
import type { Absence, DirectoryRef } from '../../src/domain/directory.ts';
import { parseDirectory } from '../../src/domain/directory-file.ts';
import type { Calendar } from '../../src/domain/opening-hours.ts';

const FILE = `people:
  ayse: { name: Ayşe, language: en, try: [{ extension: "201" }, { number: "+905321234567" }] }
  bora: { name: Bora, calendar: night, try: [{ extension: "202" }] }
  cem: { name: Cem, try: [{ extension: "203" }, { extension: "204" }] }
departments:
  service: { label: { tr: Servis, en: Service }, calendar: office, try: [{ person: ayse }, { extension: "100" }] }
  sales: { label: { tr: Satış, en: Sales }, try: [[{ person: ayse }, { person: cem }, { extension: "101" }], { person: bora }] }
  night: { label: { tr: Gece, en: Night }, try: [{ person: bora }] }
dealers:
  IST-01: { try: [{ extension: "300" }, { own: true }, { person: cem }] }
  IST-09: { label: { tr: Yeni bayi, en: New dealer }, try: [{ own: true }, { extension: "309" }] }
`;
const { entries } = parseDirectory({ path: 'flows/directory.yaml', text: FILE });
const HOURS = { id: 'dealer', zone: 'Europe/Istanbul', weekly: [[], [], [], [], [], [], []], holidays: [] } as unknown as Calendar;
const DEALERS = new Map(['IST-01', 'IST-02'].map((code) => [code, { name: `Bayi ${code}`, phone: '+902125550001', hours: HOURS }]));

interface Now {
  readonly closed?: readonly string[];
  readonly away?: Readonly<Record<string, DirectoryRef | null>>;
  readonly ours?: readonly string[];
}

function momentOf({ closed = [], away = {}, ours = [] }: Now): DirectoryMoment {
  return {
    entry: ({ kind, id }) => entries.find((one) => one.kind === kind && one.id === id),
    dealer: (code) => DEALERS.get(code),
    absence: ({ kind, id }) =>
      id in away ? ({ of: { kind, id }, from: 0, until: 1, instead: away[id] ?? null } satisfies Absence) : undefined,
    isOpen: (calendar) => !closed.includes(typeof calendar === 'string' ? calendar : 'dealer'),
    leadsHere: (number) => ours.includes(number),
    language: 'tr',
  };
}

function tell(ref: DirectoryRef, now: Now = {}): string {
  const found = attemptsOf(ref, momentOf(now));
  if (found.kind !== 'rounds') return found.kind;
  const said = found.rounds.map((round) => round.map(({ telephone: t }) => (t.kind === 'extension' ? t.extension : t.number)).join('+'));
  return said.join(' ');
}
const department = (id: string): DirectoryRef => ({ kind: 'department', id });
const dealer = (id: string): DirectoryRef => ({ kind: 'dealer', id });

describe('whom to ring', () => {
  it.each<[string, DirectoryRef, Now, string]>([
    ['a person has all their telephones in turn', { kind: 'person', id: 'ayse' }, {}, '201 +905321234567'],
    ['a department: a person, then an extension', department('service'), {}, '201 +905321234567 100'],
    ['at once: the first telephones of all, then the second ones', department('sales'), {}, '201+203+101 +905321234567+204 202'],
    ['whose hours are over is left out', department('sales'), { closed: ['night'] }, '201+203+101 +905321234567+204'],
    ['the department is closed', department('service'), { closed: ['office'] }, 'closed'],
    ['everybody’s hours are over', department('night'), { closed: ['night'] }, 'closed'],
    ['who is away is left out', department('service'), { away: { ayse: null } }, '100'],
    ['somebody stands in', department('service'), { away: { ayse: { kind: 'person', id: 'cem' } } }, '203 204 100'],
    [
      'a department stands in for another',
      department('service'),
      { away: { service: department('sales') } },
      '201+203+101 +905321234567+204 202',
    ],
    ['everybody is away: nobody, and that is not closed', department('night'), { away: { bora: null } }, ''],
    ['a dealer with an entry', dealer('IST-01'), {}, '300 +902125550001 203 204'],
    ['a dealer without one is rung at their own number', dealer('IST-02'), {}, '+902125550001'],
    ['a dealer’s own hours', dealer('IST-02'), { closed: ['dealer'] }, 'closed'],
    ['a dealer nobody has told of has no number of their own', dealer('IST-09'), {}, '309'],
    ['a number that leads here is never rung', dealer('IST-01'), { ours: ['+902125550001'] }, '300 203 204'],
    ['nobody of that name', department('nobody'), {}, 'unknown'],
    ['no such dealer', dealer('X'), {}, 'unknown'],
  ])('%s', (_what, ref, now, expected) => {
    expect(tell(ref, now)).toBe(expected);
  });

  it('stand-ins that stand in for each other are nobody, not a search without end', () => {
    const away = { ayse: { kind: 'person', id: 'cem' }, cem: { kind: 'person', id: 'ayse' } } as const;
    expect(tell({ kind: 'person', id: 'ayse' }, { away })).toBe('');
  });

  it('tells whose telephone it is, and what they are spoken to in', () => {
    const found = attemptsOf(department('service'), momentOf({}));
    expect(found).toMatchObject({
      label: { tr: 'Servis', en: 'Service' },
      rounds: [
        [{ name: 'Ayşe', language: 'en', accept: 'answer' }],
        [{ name: 'Ayşe', accept: 'key' }],
        [{ name: 'Servis', language: 'tr' }],
      ],
    });
  });
});
