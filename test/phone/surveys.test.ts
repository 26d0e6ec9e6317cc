import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage, type Stage } from '../kit/engine.ts';
import { callWhere } from '../kit/journal.ts';
import { shippedSurveys } from '../kit/surveys.ts';

/** Calls that the engine makes and comments that callers speak, on a real Asterisk with real SIP phones. */

const SURVEY_NUMBER = '1030';
const BUSY = '+905550000018';
const AT_HOME = '+905550000017';
const QUESTION = { tr: 'Bizi bir yakınınıza tavsiye etme olasılığınız nedir?', en: 'How likely are you to recommend us to a friend?' };
const OPENING = { en: 'We have a short survey for you. If you do not wish to answer, you may hang up.' };
const NEW_PASSWORD = 'a long passphrase';

let stage: Stage;
let cookie: string;
beforeAll(async () => {
  stage = await openStage({ trunk: 'house', env: { SANTRAL_ADMIN_PASSWORD: 'a one-time password', SANTRAL_CALLER_ID: '+902125550010' } });
  await stage.engine().logged(({ msg }) => msg === 'prompts are ready');
  const login = await ask('POST', '/auth/login', { name: 'admin', password: 'a one-time password' });
  cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  expect((await ask('POST', '/auth/password', { current: 'a one-time password', next: NEW_PASSWORD })).status).toBe(204);
});
afterAll(() => stage?.close());

function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<Response> {
  return fetch(`${stage.engine().url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'x-santral-request': '1', ...(cookie === undefined ? {} : { cookie }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const period = () => `from=${Date.now() - 3_600_000}&to=${Date.now() + 3_600_000}`;
const json = async (path: string) => (await ask('GET', path)).json() as Promise<Record<string, unknown>>;
const onRecord = (number: string) => callWhere(stage.asterisk.config.places.database, number, ({ state }) => state === 'ended', 'over');

it('somebody is called, answers, presses 10 and is in the report; our number is shown', async () => {
  stage.house.expect(AT_HOME, { kind: 'answer', afterMs: 500 });
  const placed = await ask('POST', '/surveys/nps/calls', { number: '0555 000 00 17', language: 'en', dealer: 'IST-001' });
  expect(placed.status).toBe(202);
  const person = await stage.house.visitor(AT_HOME);
  expect(person.ani).toContain('902125550010');
  await person.hears(OPENING.en);
  await person.hears(QUESTION.en);
  await person.press('10');
  await person.hears('Is there anything you would like to add?');
  await person.hangUp();
  expect((await onRecord(AT_HOME)).termination).toEqual({ kind: 'caller-hung-up' });
  expect(await json(`/surveys/nps/report?${period()}`)).toMatchObject({
    invited: 1,
    answered: 1,
    questions: [{ figures: { promoters: 1, score: 100 } }, {}],
    dealers: [{ key: 'IST-001' }],
  });
});

it('who is busy was not reached, and was not asked', async () => {
  stage.house.expect(BUSY, { kind: 'refuse', reason: 'busy' });
  expect((await ask('POST', '/surveys/csat/calls', { number: BUSY, language: 'tr' })).status).toBe(202);
  const call = await onRecord(BUSY);
  expect(call.termination).toEqual({ kind: 'not-reached', outcome: 'busy', sipCode: 486 });
  expect(call.journal.map(({ kind }) => kind)).toEqual(['call-placed', 'call-ended']);
  expect(await json(`/surveys/csat/report?${period()}`)).toMatchObject({ invited: 0, responseRate: null });
});

it('what a caller says before hanging up is kept, and can be heard', async () => {
  const caller = await stage.call(SURVEY_NUMBER);
  await caller.hears(QUESTION.tr, 'tr');
  await caller.press('9');
  await caller.hears('Eklemek istediğiniz bir şey var mı?', 'tr');
  await caller.phone.ear.hears(({ signature }) => signature === 'beep', 0, 30_000);
  await caller.say('Çok memnun kaldım. [2s]', 'tr');
  await caller.hangUp();
  const comments = async () =>
    (await json(`/surveys/nps/comments?${period()}`))['items'] as readonly { recording: string; score: number }[];
  await expect.poll(comments, { timeout: 10_000 }).toMatchObject([{ score: 9, text: null, channel: 'phone' }]);
  const [comment] = await comments();
  const audio = await ask('GET', `/recordings/${comment?.recording}/audio`);
  expect(audio.headers.get('content-type')).toBe('audio/wav');
  expect((await audio.arrayBuffer()).byteLength).toBeGreaterThan(16_000);
});

it('all shipped surveys are there', async () => {
  const items = (await json('/surveys'))['items'] as readonly { id: string }[];
  expect(items.map(({ id }) => id).sort()).toEqual([...shippedSurveys().keys()].sort());
});
