import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, asking } from './asking.ts';
import { aSurveyLink } from './case-things.ts';
import { type House, openHouse, PUBLIC_URL } from './house.ts';

const DAY_MS = 86_400_000;

let house: House;
let ask: Ask;
let nobody: Ask;
beforeAll(async () => {
  house = await openHouse();
  ask = asking(house, await house.bearer('supervisor'));
  nobody = asking(house, {});
});
afterAll(() => house.close());

const post = (url: string, payload: object, by = ask) => by(url, { method: 'POST', payload });
const now = () => `from=${Date.now() - DAY_MS}&to=${Date.now() + DAY_MS}`;

describe('the link of a survey', () => {
  it('opens without a login, holds nothing of a person, is answered once', async () => {
    const made = await post('/api/v1/surveys/nps/invitations', {
      language: 'tr',
      dealer: 'IST-001',
      agent: '100',
      send: { channel: 'sms', to: '0555 000 00 17' },
    });
    expect(made.statusCode).toBe(201);
    const { url, channel } = made.json();
    expect(channel).toBe('sms');
    const token = url.slice(`${PUBLIC_URL}/s/`.length);
    const opened = await nobody(`/api/v1/survey-links/${token}`);
    expect(opened.headers['cache-control']).toBe('no-store');
    expect(opened.json()).toMatchObject({ survey: { id: 'nps' }, language: 'tr' });
    expect(opened.body).not.toMatch(/IST-001|5550000017|"100"|spoken/);
    const answers = [
      { question: 'score', value: 3 },
      { question: 'comment', text: 'Beni 0555 000 00 17’den arayın' },
    ];
    expect((await post(`/api/v1/survey-links/${token}`, { language: 'tr', answers }, nobody)).statusCode).toBe(204);
    expect((await post(`/api/v1/survey-links/${token}`, { language: 'tr', answers }, nobody)).json()).toMatchObject({
      status: 410,
      code: 'survey.link-used',
    });
    const [comment] = (await ask(`/api/v1/surveys/nps/comments?${now()}`)).json().items;
    expect(comment).toMatchObject({ score: 3, dealer: 'IST-001', channel: 'sms', text: 'Beni +90 5** *** ** 17’den arayın' });
  });

  it.each([
    ['forged', 'q3VxT0wJk1a9ZbQe.tj2k1c.8FwYx1mPz0r4uTq7vKc2Lg'],
    ['cut', 'q3VxT0wJ'],
    ['hostile', encodeURIComponent('../../etc/passwd')],
  ])('that is %s leads nowhere', async (_, token) => {
    expect((await nobody(`/api/v1/survey-links/${token}`)).json()).toMatchObject({ status: 404, code: 'survey.link-invalid' });
  });

  it('is refused after too many tries', async () => {
    const token = await aSurveyLink(house);
    const statuses: number[] = [];
    for (let n = 0; n < 40; n += 1) statuses.push((await nobody(`/api/v1/survey-links/${token}x`)).statusCode);
    expect(statuses.at(-1)).toBe(429);
  });

  it('is not sent to what is no number and no address', async () => {
    const order = (send: object) => post('/api/v1/surveys/nps/invitations', { language: 'tr', send });
    expect((await order({ channel: 'sms', to: '112' })).json()).toMatchObject({
      code: 'request.invalid',
      errors: [{ path: 'body.send.to' }],
    });
    expect((await order({ channel: 'email', to: 'nobody' })).statusCode).toBe(400);
    expect((await order({ channel: 'pigeon', to: 'x' })).statusCode).toBe(400);
  });

  it('is made once per key', async () => {
    const order = { language: 'en', key: 'order-1' };
    expect((await post('/api/v1/surveys/csat/invitations', order)).statusCode).toBe(201);
    expect((await post('/api/v1/surveys/csat/invitations', order)).json()).toMatchObject({ status: 409, code: 'request.conflict' });
  });

  it('to a survey that is not there is told which there are', async () => {
    const refused = (await post('/api/v1/surveys/nowhere/invitations', { language: 'tr' })).json();
    expect(refused).toMatchObject({ status: 404, code: 'survey.unknown', detail: expect.stringContaining('csat, easy, nps') });
  });
});

describe('a call for a survey', () => {
  it('is placed with the flow that asks and what it needs', async () => {
    const body = { number: '0555 000 00 17', language: 'en', dealer: 'ANK-1', campaign: 'autumn' };
    expect((await post('/api/v1/surveys/csat/calls', body)).statusCode).toBe(202);
    expect(house.placed.at(-1)).toMatchObject({
      number: '+905550000017',
      flow: 'nps',
      language: 'en',
      callerId: '+902125550010',
      params: { survey: 'csat', dealer: 'ANK-1', agent: '', campaign: 'autumn' },
      messageClass: 'informational',
      key: null,
    });
    expect((await post('/api/v1/surveys/csat/calls', { ...body, key: 'order-1' })).statusCode).toBe(202);
    expect(house.placed.at(-1)?.key).toBe('order-1');
  });

  it.each(['112', '0900 555 00 01', 'nonsense', ''])('to %j is refused', async (number) => {
    const before = house.placed.length;
    expect((await post('/api/v1/surveys/nps/calls', { number, language: 'tr' })).json()).toMatchObject({ code: 'request.invalid' });
    expect(house.placed).toHaveLength(before);
  });
});

describe('the report', () => {
  it('of a survey nobody answered has nulls, never 0', async () => {
    const report = (await ask(`/api/v1/surveys/easy/report?${now()}`)).json();
    expect(report).toMatchObject({
      invited: 0,
      responseRate: null,
      questions: [{ question: 'ease', figures: { kind: 'scale', answers: 0, share: null, mean: null } }],
      days: [],
      formulas: { topTwo: expect.any(String), responseRate: expect.any(String) },
    });
  });

  it.each(['from=1', 'from=2&to=1', `from=0&to=${401 * DAY_MS}`, 'from=a&to=b', 'from=0&to=1&more=1'])(
    'of %s is refused',
    async (query) => {
      expect((await ask(`/api/v1/surveys/nps/report?${query}`)).json()).toMatchObject({ status: 400, code: 'request.invalid' });
    },
  );
});

it('a number can be given a survey over the API', async () => {
  const admin = asking(house, await house.bearer('admin'));
  const put = await admin('/api/v1/numbers/02125550010', {
    method: 'PUT',
    payload: { flow: 'main-menu', language: 'tr', with: { survey: 'nps' } },
  });
  expect(put.json()).toMatchObject({ with: { survey: 'nps' } });
});
