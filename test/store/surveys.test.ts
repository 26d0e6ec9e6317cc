import { describe, expect, test } from 'vitest';
import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { Message } from '../../src/domain/message.ts';
import type { Answer, Invitation, SurveyResponse } from '../../src/domain/survey-response.ts';
import { ENGINES, storesFor } from './engines.ts';
import { id, NOON } from './fixtures.ts';

const PERIOD = { brand: DEFAULT_BRAND, survey: 'nps', from: NOON, to: NOON + 3_600_000 };
const MINUTE = 60_000;

function invitation(n: number, changed: Partial<Invitation> = {}): Invitation {
  return {
    id: id('invitation', n),
    brand: DEFAULT_BRAND,
    survey: 'nps',
    language: 'tr',
    channel: 'web',
    tokenHash: `hash-${n}`,
    callId: null,
    dealer: 'IST-001',
    agent: '100',
    campaign: '',
    createdAt: NOON + n,
    expiresAt: NOON + 3_600_000,
    usedAt: null,
    dedupeKey: `key-${n}`,
    ...changed,
  };
}

function response(n: number, changed: Partial<SurveyResponse> = {}): SurveyResponse {
  return { id: id('response', n), invitationId: id('invitation', n), language: 'tr', startedAt: NOON, finishedAt: null, ...changed };
}

const score = (value: number): Answer => ({ kind: 'number', question: 'score', value });
const message = (n: number): Message => ({
  id: id('message', n),
  brand: DEFAULT_BRAND,
  channel: 'sms',
  to: '+905550000017',
  template: 'survey.invite',
  language: 'tr',
  messageClass: 'informational',
  data: { link: 'https://santral.example.com/s/secret-token' },
  dedupeKey: `survey ${n}`,
  orderKey: null,
  callId: null,
  createdAt: NOON,
  notBefore: NOON,
});

describe.each(ENGINES)('surveys on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);

  test('an invitation is found by its token and by its key; a second one of the key is the first', async () => {
    const { surveys } = at.stores;
    expect(await surveys.invite(invitation(1))).toEqual(invitation(1));
    expect(await surveys.invite(invitation(2, { dedupeKey: 'key-1' }))).toEqual(invitation(1));
    expect(await surveys.byToken('hash-1')).toEqual(invitation(1));
    expect(await surveys.byToken('hash-2')).toBeUndefined();
    expect(await surveys.byKey('key-1')).toEqual(invitation(1));
  });

  test('the message that carries a link is stored with the invitation, sealed; not with one that was there', async () => {
    const { surveys } = at.stores;
    await surveys.invite(invitation(1), [message(1)]);
    await surveys.invite(invitation(2, { dedupeKey: 'key-1' }), [message(2)]);
    const rows = await at.place.query('select id, template, state, payload from messages');
    expect(rows).toMatchObject([{ id: id('message', 1), template: 'survey.invite', state: 'queued' }]);
    expect(JSON.stringify(rows)).not.toMatch(/secret-token|5550000017/);
  });

  test('a message that cannot be stored takes its invitation with it', async () => {
    const { surveys } = at.stores;
    await surveys.invite(invitation(1), [message(1)]);
    const twin = { ...message(2), id: id('message', 1) };
    await expect(surveys.invite(invitation(2), [twin])).rejects.toMatchObject({ code: 'store.conflict' });
    expect(await surveys.byKey('key-2')).toBeUndefined();
  });

  test('answers come one by one into the one response; the first of each question stands', async () => {
    const { surveys } = at.stores;
    await surveys.invite(invitation(1));
    await surveys.answer(response(1), [score(9)], NOON);
    await surveys.answer(response(7, { invitationId: id('invitation', 1) }), [score(2)], NOON + 1);
    const said: Answer = { kind: 'recording', question: 'comment', recording: id('recording', 1), seconds: 4 };
    await surveys.answer(response(8, { invitationId: id('invitation', 1), finishedAt: NOON + 5 }), [said], NOON + 5);
    expect(await surveys.numbersOf(id('invitation', 1))).toEqual(new Map([['score', 9]]));
    expect(await surveys.commentsOf(id('invitation', 1))).toEqual(new Set(['comment']));
    expect(await surveys.commentsOf(id('invitation', 2))).toEqual(new Set());
    expect(await at.place.query(`select id, case when finished_at = ${NOON + 5} then 'yes' end as finished from survey_responses`)).toEqual(
      [{ id: id('response', 1), finished: 'yes' }],
    );
    expect(await surveys.comments({ ...PERIOD, score: 'score', limit: 10 })).toMatchObject([
      { response: id('response', 1), recording: id('recording', 1), seconds: 4, text: null, score: 9 },
    ]);
  });

  test('a link is used up by one of many', async () => {
    const { surveys } = at.stores;
    await surveys.invite(invitation(1));
    const tries = Array.from({ length: 20 }, (_, i) =>
      surveys.submit(response(i, { invitationId: id('invitation', 1) }), [score(i % 11)], NOON + i),
    );
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    expect((await surveys.byToken('hash-1'))?.usedAt).not.toBeNull();
    const [{ count } = { count: 0 }] = await surveys.answerCounts(PERIOD);
    expect(count).toBe(1);
  });

  test('answers are counted by question, value, tags and quarter of an hour, within the time and the survey', async () => {
    const { surveys } = at.stores;
    const given: [n: number, value: number, minute: number, changed?: Partial<Invitation>][] = [
      [1, 9, 0],
      [2, 9, 14],
      [3, 9, 15],
      [4, 3, 1],
      [5, 9, 1, { dealer: 'ANK-1' }],
      [6, 9, 60],
      [7, 9, 1, { survey: 'csat' }],
      [8, 9, 1, { campaign: 'cmp_1' }],
    ];
    for (const [n, value, minute, changed] of given) {
      await surveys.invite(invitation(n, changed));
      await surveys.answer(response(n), [score(value)], NOON + minute * MINUTE);
    }
    const counts = await surveys.answerCounts(PERIOD);
    const row = (value: number, count: number, minute = 0, dealer = 'IST-001', campaign = '') => ({
      question: 'score',
      value,
      dealer,
      agent: '100',
      campaign,
      from: NOON + minute * MINUTE,
      count,
    });
    expect(counts).toHaveLength(5);
    const each = [row(9, 2), row(9, 1, 15), row(3, 1), row(9, 1, 0, 'ANK-1'), row(9, 1, 0, 'IST-001', 'cmp_1')];
    expect(counts).toEqual(expect.arrayContaining(each));
    expect(await surveys.invitationCounts(PERIOD)).toEqual(
      expect.arrayContaining([
        { dealer: 'IST-001', agent: '100', campaign: '', invited: 5, answered: 5 },
        { dealer: 'ANK-1', agent: '100', campaign: '', invited: 1, answered: 1 },
        { dealer: 'IST-001', agent: '100', campaign: 'cmp_1', invited: 1, answered: 1 },
      ]),
    );
  });

  test('comments come newest first, by pages, with the score beside them', async () => {
    const { surveys } = at.stores;
    for (let n = 1; n <= 5; n += 1) {
      await surveys.invite(invitation(n));
      const text = `söz ${n}`;
      await surveys.submit(response(n), [...(n === 3 ? [] : [score(n)]), { kind: 'text', question: 'comment', text }], NOON + n);
    }
    const page = (before?: ReturnType<typeof response>['id']) =>
      surveys.comments({ ...PERIOD, score: 'score', limit: 2, ...(before === undefined ? {} : { before }) });
    const first = await page();
    expect(first.map(({ text, score: points }) => [text, points])).toEqual([
      ['söz 5', 5],
      ['söz 4', 4],
    ]);
    expect((await page(first[1]?.response)).map(({ text, score: points }) => [text, points])).toEqual([
      ['söz 3', null],
      ['söz 2', 2],
    ]);
  });
});
