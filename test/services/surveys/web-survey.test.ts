import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSurveyHouse, type SurveyHouse } from './house.ts';

let house: SurveyHouse;
beforeEach(async () => {
  house = await openSurveyHouse();
});
afterEach(() => house.close());

const ORDER = { language: 'en', hours: 2, send: null, key: null, dealer: 'ANK-1', agent: '', campaign: 'autumn' } as const;

async function link(changed: Partial<Parameters<SurveyHouse['surveys']['invite']>[1]> = {}): Promise<string> {
  const { url } = await house.surveys.invite('nps', { ...ORDER, ...changed });
  expect(url).toMatch(/^https:\/\/santral\.example\.com\/s\/[\w.-]+$/);
  return url.split('/').at(-1) ?? '';
}
const submit = (token: string, ...answers: Parameters<SurveyHouse['surveys']['web']['submit']>[2]) =>
  house.surveys.web.submit(token, 'tr', answers);

describe('a survey behind a link', () => {
  it('opens in the invitation’s language until it is answered, and then never again', async () => {
    const token = await link();
    expect(await house.surveys.web.open(token)).toMatchObject({ language: 'en', survey: { id: 'nps' } });
    await submit(
      token,
      { question: 'score', value: 4 },
      { question: 'reason', value: 2 },
      { question: 'comment', text: ' Çok bekledim. ' },
    );
    await expect(house.surveys.web.open(token)).rejects.toMatchObject({ code: 'survey.link-used' });
    await expect(submit(token, { question: 'score', value: 10 })).rejects.toMatchObject({ code: 'survey.link-used' });
    expect(await house.report()).toMatchObject({ invited: 1, answered: 1, dealers: [{ key: 'ANK-1', figures: { detractors: 1 } }] });
    expect(await house.comments()).toMatchObject([
      { text: 'Çok bekledim.', score: 4, language: 'tr', channel: 'web', dealer: 'ANK-1', campaign: 'autumn', recording: null },
    ]);
  });

  it('answered by two at once is answered by one', async () => {
    const token = await link();
    const done = await Promise.allSettled(Array.from({ length: 5 }, (_, i) => submit(token, { question: 'score', value: i })));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await house.report()).questions[0]?.figures.answers).toBe(1);
  });

  it('that expired, was forged, or was never stored is told apart', async () => {
    const token = await link();
    house.clock.time += 2 * 3_600_000;
    await expect(house.surveys.web.open(token)).rejects.toMatchObject({ code: 'survey.link-expired' });
    await expect(submit(token, { question: 'score', value: 9 })).rejects.toMatchObject({ code: 'survey.link-expired' });
    await expect(house.surveys.web.open(`${token}x`)).rejects.toMatchObject({ code: 'survey.link-invalid' });
    await house.close();
    house = await openSurveyHouse();
    await expect(house.surveys.web.open(token)).rejects.toMatchObject({ code: 'survey.link-invalid' });
  });

  it.each([
    ['a number too high', [{ question: 'score', value: 11 }], /"score" is not answered with 11/],
    [
      'a choice that is not there',
      [
        { question: 'score', value: 3 },
        { question: 'reason', value: 9 },
      ],
      /"reason" is not answered with 9/,
    ],
    ['words for a number', [{ question: 'score', text: 'ten' }], /"score" is answered with a number/],
    ['a question that is not there', [{ question: 'age', value: 40 }], /"age" is no question/],
    [
      'one question twice',
      [
        { question: 'score', value: 9 },
        { question: 'score', value: 2 },
      ],
      /"score" is answered twice/,
    ],
    ['nothing', [], /Nothing was answered/],
    ['blanks', [{ question: 'comment', text: ' \u0000 ' }], /Nothing was answered/],
  ] as const)('does not take %s, and can be answered afterwards', async (_, answers, message) => {
    const token = await link();
    await expect(submit(token, ...answers)).rejects.toMatchObject({ code: 'request.invalid', message: expect.stringMatching(message) });
    await submit(token, { question: 'score', value: 9 });
  });

  it('passes over answers to what was not to be asked', async () => {
    await submit(await link(), { question: 'score', value: 10 }, { question: 'reason', value: 2 });
    expect((await house.report()).questions.map(({ figures }) => figures.answers)).toEqual([1, 0]);
  });
});

describe('an invitation', () => {
  it('is sent in the transaction that makes it: the message holds the link, the database its hash only', async () => {
    const { invitation, url } = await house.surveys.invite('csat', { ...ORDER, send: { channel: 'sms', to: '+905550000017' } });
    expect(invitation).toMatchObject({ channel: 'sms', survey: 'csat', callId: null });
    expect(invitation.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(invitation)).not.toContain(url.split('/').at(-1));
  });

  it('with a key that was used is refused', async () => {
    await link({ key: 'order 1' });
    await expect(link({ key: 'order 1' })).rejects.toMatchObject({ code: 'request.conflict' });
    expect(await house.report()).toMatchObject({ invited: 1 });
  });

  it('to a survey that is not there is refused', async () => {
    await expect(house.surveys.invite('nowhere', ORDER)).rejects.toMatchObject({ code: 'survey.unknown' });
  });
});
