import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainWorkbook } from '../kit/workbook.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function ask(
  method: 'GET' | 'POST' | 'DELETE' | 'PUT',
  url: string,
  headers: Record<string, string>,
  payload?: Buffer | object,
  type?: string,
) {
  const answer = await house.app.inject({
    method,
    url,
    headers: { ...headers, ...(type === undefined ? {} : { 'content-type': type }) },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, body: String(answer.headers['content-type']).includes('json') ? answer.json() : answer.body };
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

describe('files of customers', () => {
  it('are sent, looked at, confirmed, and told of, a workbook like any other table', async () => {
    const headers = await house.bearer('campaign-manager');
    const book = plainWorkbook([
      ['GSM', 'İsim', 'Müşteri No'],
      ['+905551112233', 'Can Er', '77'],
      ['=1+1', 'x', '78'],
    ]);
    const sent = await ask('POST', '/api/v1/imports?kind=customers&name=m.xlsx', headers, book, XLSX);
    expect(sent).toMatchObject({
      status: 201,
      body: { preview: { format: 'xlsx', encoding: null, mapping: [{ header: 'GSM', column: 'phone' }, {}, {}] } },
    });
    expect(JSON.stringify(sent.body)).not.toContain('5551112233');
    const { id } = sent.body as { id: string };
    expect(await ask('POST', `/api/v1/imports/${id}/confirm`, headers, {})).toMatchObject({ status: 202, body: { id } });
    await house.match.settled();
    const done = await ask('GET', `/api/v1/imports/${id}`, headers);
    expect(done.body).toMatchObject({ state: 'live', counts: { rows: 2, added: 1, bad: 1 }, rejected: [{ row: 3, column: 'phone' }] });
    const csv = await ask('GET', `/api/v1/imports/${id}/rejected.csv`, headers);
    expect(csv.body).toBe(`\uFEFFrow;column;value;reason\r\n3;phone;'=1+1;"holds several numbers; give one, or divide them by /"\r\n`);
    const turkish = await ask('GET', `/api/v1/imports/${id}/rejected.csv?language=tr`, headers);
    expect(turkish.body).toBe(
      `\uFEFFsatır;sütun;değer;neden\r\n3;phone;'=1+1;"birden çok numara içeriyor; birini yazın ya da / ile ayırın"\r\n`,
    );
    expect((await ask('POST', `/api/v1/imports/${id}/confirm`, headers, {})).status).toBe(404);
  });

  it('that are no table are refused with a sentence; agents send none', async () => {
    const office = await house.bearer('supervisor');
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]);
    expect(await ask('POST', '/api/v1/imports?kind=customers&name=a', office, picture, 'text/csv')).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
    const agent = await house.bearer('agent');
    expect((await ask('POST', '/api/v1/imports?kind=customers&name=a', agent, Buffer.from('a'), 'text/csv')).status).toBe(403);
  });
});

describe('the caller on the line', () => {
  it('is verified by a right answer; before it nothing of the record is told', async () => {
    const agent = await house.bearer('agent');
    const call = await house.match.callOnLine();
    const seen = await ask('GET', '/api/v1/agent/call/candidates', agent);
    expect(seen.body).toMatchObject({
      callId: call,
      view: { kind: 'one', cards: [{ id: 'c1', name: 'A*** Y***', fields: ['customer-no', 'birth-year'] }] },
    });
    expect(JSON.stringify(seen.body)).not.toMatch(/Yılmaz|1984|34567/);
    expect(await ask('GET', '/api/v1/agent/call/customer', agent)).toMatchObject({ status: 403, body: { code: 'request.forbidden' } });
    const wrong = await ask('POST', '/api/v1/agent/call/candidates/c1/verify', agent, { field: 'birth-year', answer: '1985' });
    expect(wrong).toMatchObject({ status: 200, body: { right: false, view: { triesLeft: 2 } } });
    const right = await ask('POST', '/api/v1/agent/call/candidates/c1/verify', agent, { field: 'birth-year', answer: '1984' });
    expect(right).toMatchObject({ status: 200, body: { right: true, view: { kind: 'verified', id: 'c1' } } });
    expect((await ask('GET', '/api/v1/agent/call/customer', agent)).body).toMatchObject({ name: 'Ayşe Yılmaz', birthYear: '1984' });
    const audit = await ask('GET', `/api/v1/audit?subject=${call}`, await house.bearer('admin'));
    const what = (audit.body as { items: { what: string }[] }).items.map((line) => line.what);
    expect(what).toEqual(['match-customer-read', 'match-verified', 'match-refused', 'match-shown']);
    expect(JSON.stringify(audit.body)).not.toMatch(/198[45]/);
  });

  it('whom too many could be is asked one question first, and may be none of them', async () => {
    const agent = await house.bearer('agent');
    await house.match.callOnLine('02121234599');
    expect((await ask('GET', '/api/v1/agent/call/candidates', agent)).body).toMatchObject({ view: { kind: 'too-many', count: 12 } });
    const asked = await ask('POST', '/api/v1/agent/call/question', agent, { field: 'birth-year', answer: '1961' });
    expect(asked.body).toMatchObject({ narrowedBy: ['birth-year'], view: { kind: 'one' } });
    expect((await ask('POST', '/api/v1/agent/call/candidates/none', agent)).body).toMatchObject({ view: { kind: 'dismissed' } });
  });
});

describe('an administrator', () => {
  it('chooses what is kept of numbers, and is told what comes of it', async () => {
    const admin = await house.bearer('admin');
    await house.match.loaded();
    const settings = {
      mode: { kind: 'hmac-trunc', bits: 20 },
      most: 5,
      tries: 2,
      verify: ['birth-year'],
      questions: ['city'],
      anonymous: false,
    };
    expect((await ask('PUT', '/api/v1/matching/settings', admin, settings)).body).toEqual(settings);
    expect((await ask('GET', '/api/v1/matching/settings', admin)).body).toEqual(settings);
    expect((await ask('PUT', '/api/v1/matching/settings', admin, { ...settings, mode: { kind: 'suffix', digits: 2 } })).status).toBe(400);
    const figures = await ask('GET', '/api/v1/matching/expectation', admin);
    expect(figures.body).toMatchObject({
      forms: [{ form: 's5', real: { longest: 12 }, expected: { p99: 1 } }],
      advice: { tooMany: true, digits: 5 },
    });
  });
});
