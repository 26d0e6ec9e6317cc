import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_RECORDING_BYTES } from '../../src/domain/recording-limits.ts';
import { ownWavDuration } from '../../src/speech/wav.ts';
import { type Ask, asking } from './asking.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let ask: Ask;
beforeAll(async () => {
  house = await openHouse();
  ask = asking(house, await house.bearer('supervisor'));
});
afterAll(() => house.close());

const MP3 = readFileSync('test/speech/uploads/merhaba.mp3');
const upload = (address: string, payload: Buffer | string, type = 'audio/mpeg') =>
  ask(`/api/v1/prompts/${address}`, { method: 'PUT', headers: { 'content-type': type }, payload });
const listed = async (key: string) => (await ask('/api/v1/prompts')).json().items.find((one: { key: string }) => one.key === key);

describe('prompts', () => {
  it('are listed with texts, users and what is missing', async () => {
    const { items, absent } = (await ask('/api/v1/prompts')).json();
    expect(items.map(({ key }: { key: string }) => key)).toEqual([
      'general.goodbye',
      'main.count',
      'main.menu',
      'main.only-turkish',
      'main.unused',
    ]);
    expect(await listed('main.menu')).toEqual({
      key: 'main.menu',
      file: 'sounds/main.yaml',
      line: 3,
      versions: {
        tr: { text: 'Bir ya da ikiyi tuşlayın.', speaksValues: false, recording: null },
        en: { text: 'Press one or two.', speaksValues: false, recording: null },
      },
      missing: [],
      usedBy: [
        { flow: 'main-menu', nodes: ['menu', 'again'] },
        { flow: 'night', nodes: ['menu'] },
      ],
      usedByEngine: false,
    });
    expect(await listed('main.only-turkish')).toMatchObject({ missing: ['en'] });
    expect(await listed('main.unused')).toMatchObject({ usedBy: [], usedByEngine: false });
    expect(await listed('general.goodbye')).toMatchObject({ usedBy: [], usedByEngine: true });
    expect(absent).toEqual([{ key: 'main.gone', usedBy: [{ flow: 'night', nodes: ['gone'] }] }]);
  });

  it('are heard in the voice, then in the recording that was uploaded, then in the voice again', async () => {
    const hear = () => ask('/api/v1/prompts/main.menu/audio/tr');
    const spoken = await hear();
    expect(spoken.headers).toMatchObject({
      'content-type': 'audio/wav',
      'x-santral-source': 'voice',
      'cache-control': 'private, no-cache',
    });
    expect(ownWavDuration(spoken.rawPayload, spoken.rawPayload.length)).toBeGreaterThan(100);
    const put = await upload('main.menu/recordings/tr', MP3);
    expect(put.json()).toEqual({ durationMs: expect.any(Number), remarks: [] });
    const recorded = await hear();
    expect(recorded.headers['x-santral-source']).toBe('recording');
    expect(ownWavDuration(recorded.rawPayload, recorded.rawPayload.length)).toBe(put.json().durationMs);
    const { versions, missing } = await listed('main.menu');
    expect(missing).toEqual([]);
    expect(versions.tr.recording).toEqual({
      origin: 'uploaded',
      changedAt: expect.any(Number),
      changedBy: expect.stringMatching(/^supervisor-/),
    });
    expect(versions.en.recording).toBeNull();
    expect((await ask('/api/v1/prompts/main.menu/recordings/tr', { method: 'DELETE' })).statusCode).toBe(204);
    expect((await hear()).headers['x-santral-source']).toBe('voice');
    expect((await ask('/api/v1/prompts/main.menu/recordings/tr', { method: 'DELETE' })).json().code).toBe('request.not-found');
    const lines = await house.stores.audit.list({ brand: house.deps.config.brand, subject: 'tr/main.menu', limit: 9 });
    expect(lines.map(({ what, via }) => `${what} ${via}`)).toEqual(['recording-removed api', 'recording-put api']);
  });

  it('with a missing translation are complete once it is recorded, and keep that recording as long as a flow says them', async () => {
    await upload('main.only-turkish/recordings/en', MP3);
    expect(await listed('main.only-turkish')).toMatchObject({ missing: [] });
    const refused = await ask('/api/v1/prompts/main.only-turkish/recordings/en', { method: 'DELETE' });
    expect(refused.json()).toMatchObject({ code: 'request.conflict', detail: expect.stringContaining('sounds/main.yaml') });
  });

  it('that speak values are heard without them, and take no recording', async () => {
    expect((await ask('/api/v1/prompts/main.count/audio/tr')).headers['x-santral-source']).toBe('voice');
    expect((await upload('main.count/recordings/tr', MP3)).json()).toMatchObject({ code: 'request.conflict', status: 409 });
  });

  it.each<[what: string, address: string, payload: Buffer | string, status: number, code: string]>([
    ['a prompt that is none', 'main.nowhere/recordings/tr', MP3, 404, 'request.not-found'],
    ['a path in place of a key', '..%2F..%2Fetc%2Fpasswd/recordings/tr', MP3, 400, 'request.invalid'],
    ['a language that is none', 'main.menu/recordings/de', MP3, 400, 'request.invalid'],
    ['text named sound', 'main.menu/recordings/tr', 'merhaba '.repeat(500), 422, 'audio.not-audio'],
    ['an empty file', 'main.menu/recordings/tr', Buffer.alloc(0), 422, 'audio.not-audio'],
    ['half a file', 'main.menu/recordings/tr', MP3.subarray(0, 2000), 422, 'audio.damaged'],
    ['a file beyond the limit', 'main.menu/recordings/tr', Buffer.alloc(MOST_RECORDING_BYTES + 1), 413, 'request.too-large'],
  ])('refuse %s', async (_what, address, payload, status, code) => {
    expect((await upload(address, payload)).json()).toMatchObject({ status, code });
  });

  it('believe no content type, but want one of sound', async () => {
    expect((await upload('main.unused/recordings/tr', MP3, 'audio/wav')).statusCode).toBe(200);
    expect((await upload('main.unused/recordings/en', MP3, 'application/octet-stream')).statusCode).toBe(200);
    expect((await upload('main.unused/recordings/tr', 'x', 'image/png')).json().code).toBe('request.unsupported-type');
  });

  it('have no words in a language that has neither text nor recording', async () => {
    const { code, detail } = (await ask('/api/v1/prompts/main.nowhere/audio/tr')).json();
    expect([code, detail]).toEqual(['request.not-found', 'The catalogue has no prompt "main.nowhere".']);
  });
});
