import { describe, expect, it } from 'vitest';
import { answerFits, type CustomerRecord, maskName } from '../../../src/domain/matching/customer-record.ts';
import { type Candidate, dismiss, inOrder, keyedIn, narrow, openInquiry, verify, viewOf } from '../../../src/domain/matching/inquiry.ts';

const NOW = 1_790_000_000_000;
const DAY = 86_400_000;
const rules = { most: 10, tries: 3, verify: ['birth-year', 'customer-no'], questions: ['birth-year', 'city'] } as const;

function record(changes: Partial<CustomerRecord> = {}): CustomerRecord {
  const empty = { customerNo: '', postcode: '', plate: '', idLast4: '', segment: '', dealer: '', lastContactAt: null, appointmentAt: null };
  return { name: 'Ayşe Nur Yılmaz', city: 'İzmir', birthYear: '1984', ...empty, ...changes };
}
const candidate = (id: string, changes: Partial<CustomerRecord> = {}): Candidate => ({
  id,
  customer: `customer ${id}`,
  record: record(changes),
});
const several = (count: number): Candidate[] =>
  Array.from({ length: count }, (_, i) => candidate(`c${i}`, { birthYear: String(1960 + i) }));

describe('a record', () => {
  it('is shown by first letters that tell no length', () => {
    expect([maskName('Ayşe Nur Yılmaz'), maskName('ışıl öz'), maskName('')]).toEqual(['A*** N*** Y***', 'I*** Ö***', '']);
  });

  it.each([
    ['surname', 'YILMAZ', true],
    ['surname', 'Ayşe', false],
    ['city', 'izmir', true],
    ['birth-year', '1984', true],
    ['birth-year', '', false],
    ['customer-no', '00m 17', true],
    ['plate', '34 abc 123', true],
    ['plate', '34123', true],
    ['plate', '34 XYZ 123', false],
    ['postcode', '35000', false],
    ['id-last4', '', false],
  ] as const)('judges %s "%s": %s', (field, answer, fits) => {
    expect(answerFits(record({ customerNo: 'M-17', plate: '34ABC123' }), field, answer)).toBe(fits);
  });
});

describe('candidates', () => {
  it('stand in order of the last contact by days, an appointment ahead, the dealer that is called', () => {
    const list = [
      candidate('never'),
      candidate('today', { lastContactAt: NOW - 3000 }),
      candidate('today, appointment', { lastContactAt: NOW - 4000, appointmentAt: NOW + DAY }),
      candidate('today, dealer', { lastContactAt: NOW - 5000, dealer: 'IST-1' }),
      candidate('past appointment', { lastContactAt: NOW - 9 * DAY, appointmentAt: NOW - DAY }),
      candidate('last week', { lastContactAt: NOW - 7 * DAY, appointmentAt: NOW + DAY, dealer: 'IST-1' }),
    ];
    const ordered = inOrder(list.toReversed(), { now: NOW, dealer: 'IST-1' }).map(({ id }) => id);
    expect(ordered).toEqual(['today, appointment', 'today, dealer', 'today', 'last week', 'past appointment', 'never']);
  });

  it('cases D1 to D3: nobody, one still to be verified, or cards of which none is selected', () => {
    expect(viewOf(openInquiry(rules, []))).toEqual({ kind: 'none' });
    const one = viewOf(openInquiry(rules, [candidate('c1')]));
    expect(one).toEqual({
      kind: 'one',
      triesLeft: 3,
      cards: [
        {
          id: 'c1',
          name: 'A*** N*** Y***',
          city: 'İzmir',
          segment: '',
          dealer: '',
          lastContactAt: null,
          appointmentAt: null,
          fields: ['birth-year'],
        },
      ],
    });
    expect(viewOf(openInquiry(rules, several(2)))).toMatchObject({ kind: 'many', cards: { length: 2 } });
    expect(JSON.stringify(viewOf(openInquiry(rules, several(2))))).not.toMatch(/Yılmaz|19\d\d|selected/);
  });

  it('case D4: too many are no list; a question comes first, and its answer shortens', () => {
    const inquiry = openInquiry(rules, several(25));
    expect(viewOf(inquiry)).toEqual({ kind: 'too-many', count: 25, fields: ['birth-year', 'city'], triesLeft: 3 });
    const asked = narrow(inquiry, 'city', 'İzmir');
    expect(viewOf(asked)).toMatchObject({ kind: 'too-many', count: 25, fields: ['birth-year'] });
    expect(viewOf(narrow(asked, 'birth-year', '1961'))).toMatchObject({ kind: 'one' });
    expect(viewOf(narrow(asked, 'birth-year', '1900'))).toMatchObject({ kind: 'too-many', triesLeft: 2 });
  });

  it('case D8: three wrong answers lock the call, whichever they were; nothing of them is kept', () => {
    const inquiry = openInquiry(rules, several(2));
    const first = verify(inquiry, 'c0', 'birth-year', '1111').inquiry;
    const second = verify(first, 'c1', 'city', 'İzmir').inquiry;
    const third = verify(second, 'nobody', 'birth-year', '1960').inquiry;
    expect([viewOf(first), viewOf(second)]).toMatchObject([{ triesLeft: 2 }, { triesLeft: 1 }]);
    expect(viewOf(third)).toEqual({ kind: 'locked' });
    expect(JSON.stringify(third)).not.toContain('1111');
  });

  it('is verified by a right answer, or is none of them', () => {
    const { inquiry, right } = verify(openInquiry(rules, several(2)), 'c1', 'birth-year', '1961');
    expect([right, viewOf(inquiry)]).toEqual([true, { kind: 'verified', id: 'c1' }]);
    expect(viewOf(dismiss(openInquiry(rules, several(2))))).toEqual({ kind: 'dismissed' });
  });

  it('what the caller keyed narrows and is shown; a wrong key changes nothing and costs nothing', () => {
    const keyed = keyedIn(openInquiry(rules, several(12)), 'birth-year', '1961');
    expect([keyed.keyed, viewOf(keyed)]).toMatchObject([['birth-year'], { kind: 'one', triesLeft: 3 }]);
    expect(keyedIn(openInquiry(rules, several(12)), 'birth-year', '1900')).toEqual(openInquiry(rules, several(12)));
  });
});
