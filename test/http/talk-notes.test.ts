import { afterAll, beforeAll, expect, it } from 'vitest';
import { aTalk } from './desk-cases.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const wrapUp = (headers: Record<string, string>, payload: object) =>
  house.app.inject({ method: 'POST', url: '/api/v1/agent/wrap-up', headers, payload });

it('what an agent writes about a talk is kept with its follow-up; a time that is over, or none where one is needed, is refused', async () => {
  const headers = await house.bearer('agent');
  const agent = await aTalk(house);
  const callId = house.floorDesk.floor.talks().of(agent)?.callId;
  if (callId === undefined) throw new Error('there is no talk');
  const now = house.deps.clock.now();
  const note = '  Calls about the winter tyres.  ';
  expect((await wrapUp(headers, { disposition: 'open', note })).statusCode).toBe(400);
  expect((await wrapUp(headers, { disposition: 'open', note, followUp: now })).statusCode).toBe(400);
  expect(await house.stores.talkNotes.ofCall(callId)).toEqual([]);
  expect((await wrapUp(headers, { disposition: 'open', note, followUp: now + 3_600_000 })).statusCode).toBe(200);
  expect(await house.stores.talkNotes.ofCall(callId)).toMatchObject([
    { agent, callId, note: 'Calls about the winter tyres.', followUp: now + 3_600_000 },
  ]);
});
