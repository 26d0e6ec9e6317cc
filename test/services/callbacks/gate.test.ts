import { afterEach, describe, expect, it } from 'vitest';
import { AYSE, type CallbackBenchOptions, DENIZ, openCallbackBench } from './bench.ts';

const MINUTE = 60_000;
const CONGESTION = 34;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** Somebody hung up while the only agent was paused; then the agent is asked, or everybody still waits. */
async function abandoned(options: CallbackBenchOptions = {}) {
  const on = await openCallbackBench(options);
  opened.push(on);
  on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
  await on.abandons('chan-1');
  return {
    ...on,
    async asked(): Promise<void> {
      on.floor().act(AYSE, { kind: 'available' });
      await on.pass();
    },
  };
}

describe('the cap of calls to a number', () => {
  it('is not used up by a line of ours that is full: they are rung once it is not', async () => {
    const on = await abandoned();
    await on.asked();
    for (let fault = 1; fault <= 4; fault += 1) {
      await on.answer('ayse');
      on.line.hangUp(on.leg(DENIZ), CONGESTION);
      await on.pass(1000);
      expect(await on.only()).toMatchObject({ state: 'retry-wait', attempts: 0, faults: fault });
      await on.pass(2 * MINUTE);
    }
    await on.answer('ayse');
    await on.answer(DENIZ);
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-outbound' });
  });
});
