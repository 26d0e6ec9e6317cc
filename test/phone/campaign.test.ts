import { afterAll, beforeAll, expect, it } from 'vitest';
import { asAdmin } from '../kit/api.ts';
import { CAMPAIGN_FLOW, madeAt, mannerOf, mostInOneSecond, numberOf, seenAs, standing, startCampaign } from '../kit/campaign-run.ts';
import { openStage, type Stage } from '../kit/engine.ts';
import { openTrunk, type TestTrunk } from '../kit/trunk.ts';

const CONTACTS = 240;
const PER_SECOND = 8;
/** Congestion is not counted, and nobody waits two minutes for it here. */
const ONCE = { congestion: null, failed: null };
const RETRY = { afterMs: 600_000, times: 2, counted: true };
const RETRIES = { busy: RETRY, 'no-answer': RETRY, rejected: RETRY, unknown: RETRY, 'hung-up-early': null, dropped: null, ...ONCE };
const CALLER_IDS = ['+902125550010', '+902125550011'];

let trunk: TestTrunk;
let stage: Stage;
beforeAll(async () => {
  trunk = await openTrunk(mannerOf);
  stage = await openStage({
    flows: { main: CAMPAIGN_FLOW },
    numbers: 'numbers:\n  "902125550010": { flow: main, language: en }\n  "902125550011": { flow: main, language: en }\n',
    env: { SANTRAL_TRUNK: trunk.address, SANTRAL_DIAL_CHANNELS: '200', SANTRAL_TRUNK_CHANNELS: '400' },
  });
});
afterAll(async () => {
  await stage?.close();
  trunk?.close();
});

it('every contact ends as the trunk saw it, each number is called once, and no second has more calls than it may', async () => {
  const ask = await asAdmin(stage.engine());
  const id = await startCampaign(ask, CONTACTS, { callsPerSecond: PER_SECOND, channels: 200, callerIds: CALLER_IDS, retries: RETRIES });
  await expect.poll(() => standing(ask, id), { timeout: 110_000, interval: 1000 }).toMatchObject({ state: 'done' });
  const { counts } = await standing(ask, id);
  expect(trunk.seen.map(({ number }) => number).sort()).toEqual(Array.from({ length: CONTACTS }, (_, n) => numberOf(n)).sort());
  expect(counts).toEqual(seenAs(trunk.seen));
  // What the far end measures is its own clock and load; here it is when each call was handed to Asterisk.
  expect(mostInOneSecond(await madeAt(ask, id))).toBeLessThanOrEqual(PER_SECOND);
  expect(new Set(trunk.seen.map(({ from }) => from))).toEqual(new Set(CALLER_IDS));
  // Who hangs up in mid-message leaves a playback that could not end.
  expect(stage.asterisk.complaints().filter((line) => !line.includes('Playback failed'))).toEqual([]);
});
