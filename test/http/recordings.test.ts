import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealAudioWith } from '../../src/files/sealed-audio.ts';
import { byteRange } from '../../src/http/byte-range.ts';
import { aRecordedCall, aRecording } from './case-things.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let admin: { authorization: string };
let supervisor: { authorization: string };
beforeAll(async () => {
  house = await openHouse();
  [admin, supervisor] = await Promise.all([house.bearer('admin'), house.bearer('supervisor')]);
});
afterAll(() => house.close());

const get = (url: string, headers: Record<string, string> = {}) => house.app.inject({ url, headers: { ...supervisor, ...headers } });

describe('the audio of a recording', () => {
  it('comes whole, named by its id, for no other cache to keep', async () => {
    const id = await aRecording(house);
    const answer = await get(`/api/v1/recordings/${id}/audio`);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.length).toBe(54);
    expect(answer.headers).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': '54',
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
      'content-disposition': `inline; filename="${id}.wav"`,
    });
    expect(house.logged.map(({ fields }) => fields)).toContainEqual({ recording: id, by: expect.stringMatching(/^supervisor/) });
  });

  it.each([
    ['bytes=44-47', 206, '0123', 'bytes 44-47/54'],
    ['bytes=50-', 206, '6789', 'bytes 50-53/54'],
    ['bytes=-2', 206, '89', 'bytes 52-53/54'],
  ])('comes in parts: %s', async (range, status, text, said) => {
    const answer = await get(`/api/v1/recordings/${await aRecording(house)}/audio`, { range });
    expect([answer.statusCode, answer.payload, answer.headers['content-range']]).toEqual([status, text, said]);
  });

  it('comes the same when it is sealed; one that was sealed with another key says so', async () => {
    const id = await aRecording(house);
    const whole = (await get(`/api/v1/recordings/${id}/audio`)).rawPayload;
    await house.deps.recordings.sealOver();
    expect((await readFile(path.join(house.dir, `${id}.sealed`))).includes('0123')).toBe(false);
    expect((await get(`/api/v1/recordings/${id}/audio`)).rawPayload).toEqual(whole);
    expect((await get(`/api/v1/recordings/${id}/audio`, { range: 'bytes=44-47' })).payload).toBe('0123');
    await sealAudioWith('another key').write(path.join(house.dir, `${id}.sealed`), Readable.from([whole]));
    const answer = await get(`/api/v1/recordings/${id}/audio`);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'recording.unreadable' });
    // Nobody else is to meet it.
    await house.deps.recordings.remove(id as never, 'test');
  });

  it('is not there when its file is gone, and the address tells no other file', async () => {
    const id = await aRecording(house);
    await house.deps.recordings.remove(id as never, 'test');
    expect((await get(`/api/v1/recordings/${id}/audio`)).statusCode).toBe(404);
    for (const other of ['..%2F..%2Fetc%2Fpasswd', 'rec_1', `${id}.wav`])
      expect((await get(`/api/v1/recordings/${other}/audio`)).statusCode).toBe(400);
  });
});

describe('who listens to a call', () => {
  const heard = async (call: string) => {
    const { id } = (await get(`/api/v1/calls/${call}/recording`)).json<{ id: string }>();
    const entries = await house.stores.audit.list({ brand: house.deps.config.brand, subject: id, limit: 10 });
    return entries.filter(({ what }) => what === 'call-recording-heard').length;
  };

  it.each(['bytes=44-', 'bytes=1-', 'bytes=-4', 'bytes=0-'])('is written down, wherever they begin: %s', async (range) => {
    const call = await aRecordedCall(house);
    expect((await get(`/api/v1/calls/${call}/recording/audio`, { range })).statusCode).toBe(206);
    expect(await heard(call)).toBe(1);
  });

  it('is written down once for all the pieces they listen to, and for each of them', async () => {
    const call = await aRecordedCall(house);
    const url = `/api/v1/calls/${call}/recording/audio`;
    for (const range of ['bytes=0-43', 'bytes=44-', 'bytes=50-51']) await get(url, { range });
    await Promise.all([get(url), get(url)]);
    expect(await heard(call)).toBe(1);
    expect((await house.app.inject({ url, headers: await house.bearer('supervisor') })).statusCode).toBe(200);
    expect(await heard(call)).toBe(2);
  });
});

describe.each([
  ['none', undefined, null],
  ['another unit', 'seconds=0-1', null],
  ['several', 'bytes=0-1,4-5', null],
  ['none at all', 'bytes=-', null],
  ['one that ends before it begins', 'bytes=5-4', null],
  ['one that lies outside', 'bytes=100-', null],
  ['one that reaches outside', 'bytes=8-100', { from: 8, to: 9 }],
  ['a tail longer than the whole', 'bytes=-100', { from: 0, to: 9 }],
  ['an empty tail', 'bytes=-0', null],
])('a range: %s', (_, header, range) => {
  it('is understood', () => expect(byteRange(header, 10)).toEqual(range));
});

describe('recordings', () => {
  it('are listed newest first, by pages, and by what nobody has heard', async () => {
    const ids = [await aRecording(house), await aRecording(house), await aRecording(house)].toReversed();
    const first = (await get('/api/v1/recordings?limit=2')).json<{ items: { id: string; seconds: number }[]; next: string }>();
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(first.items[0]?.seconds).toBe(12.4);
    const second = (await get(`/api/v1/recordings?limit=2&before=${first.next}`)).json<{ items: { id: string }[] }>();
    expect(second.items[0]?.id).toBe(ids[2]);
    await house.app.inject({ method: 'POST', url: `/api/v1/recordings/${ids[0]}/heard`, headers: supervisor });
    const unheard = (await get('/api/v1/recordings?unheard=true&limit=1')).json<{ items: { id: string }[] }>();
    expect(unheard.items[0]?.id).toBe(ids[1]);
  });

  it('are heard first by one, who stays', async () => {
    const id = await aRecording(house);
    const hear = (headers: Record<string, string>) => house.app.inject({ method: 'POST', url: `/api/v1/recordings/${id}/heard`, headers });
    const { heardBy, heardAt } = (await hear(supervisor)).json<{ heardBy: string; heardAt: number }>();
    expect((await hear(admin)).json()).toMatchObject({ heardBy, heardAt });
  });

  it('are removed with their file', async () => {
    const id = await aRecording(house);
    const remove = () => house.app.inject({ method: 'DELETE', url: `/api/v1/recordings/${id}`, headers: admin });
    expect((await remove()).statusCode).toBe(204);
    await expect(stat(path.join(house.dir, `${id}.wav`))).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await remove()).statusCode).toBe(404);
  });
});
