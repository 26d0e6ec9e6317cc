import { expect, test } from 'vitest';
import type { CallId } from '../../../src/domain/ids.ts';
import { createDialActs, type OwnDial } from '../../../src/services/agents/dial-acts.ts';
import type { DialAnswer, DialRequest } from '../../../src/services/crm/click-to-call.ts';
import { FLOOR_BRAND } from '../../kit/floor.ts';
import { AYSE, BORA, openStage } from '../floor/stage.ts';

const QUEUES = 'queues:\n  support: { label: { tr: Destek, en: Support }, wrapUp: { mode: none } }\n';
const NUMBER = '+905550000017';

async function open(answer: DialAnswer = { kind: 'placed', callId: 'call_9' as CallId, again: false }) {
  const on = await openStage({ queues: QUEUES });
  const asked: DialRequest[] = [];
  const acts = createDialActs({
    ...{ floor: on.floor, brand: FLOOR_BRAND, nameOf: (id) => `login of ${id}` },
    clickToCall: {
      async dial(request) {
        asked.push(request);
        return answer;
      },
    },
    callOf: async (id) =>
      id === 'call_1' ? { direction: 'inbound', ani: NUMBER, did: '1000' } : { direction: 'inbound', ani: '', did: '1000' },
  });
  const dial = (to: OwnDial['to'], queue: string | null = null) => acts.dial(AYSE, { to, queue, requestId: 'r' });
  return { ...on, acts, asked, dial };
}

test('a number is called in the name of the agent’s own queue', async () => {
  const on = await open();
  expect(await on.dial({ kind: 'number', number: '0555 000 00 17' })).toEqual({ callId: 'call_9', again: false });
  expect(on.asked).toEqual([
    { brand: FLOOR_BRAND, agent: { id: AYSE, name: 'login of ayse' }, number: '0555 000 00 17', requestId: 'r', queue: 'support' },
  ]);
  await expect(on.dial({ kind: 'number', number: '1' }, 'sales')).rejects.toMatchObject({ code: 'request.not-found' });
  await expect(on.acts.dial(BORA, { to: { kind: 'number', number: '1' }, queue: null, requestId: 'r' })).rejects.toMatchObject({
    code: 'agent.no-profile',
  });
});

test('the customer is the one of the agent’s own last call, and nobody else’s', async () => {
  const on = await open();
  const customer = { kind: 'customer', call: 'call_1' as CallId } as const;
  await expect(on.dial(customer)).rejects.toMatchObject({ code: 'request.not-found' });
  (await on.caller()).talk().released('caller-hung-up', on.clock.now());
  await on.dial(customer);
  expect(on.asked[0]?.number).toBe(NUMBER);
  (await on.caller()).talk().released('caller-hung-up', on.clock.now());
  await expect(on.dial(customer)).rejects.toMatchObject({ code: 'request.not-found' });
  // Who withheld their number cannot be called.
  await expect(on.dial({ kind: 'customer', call: 'call_2' as CallId })).rejects.toMatchObject({ code: 'request.not-found' });
});

test('whom nobody may call is not called, and the reason is told without numbers', async () => {
  const on = await open({ kind: 'blocked', reason: 'asked us not to, call 05321234567 instead' });
  const refused = await on.dial({ kind: 'number', number: NUMBER }).catch((error: unknown) => error as Error & { code: string });
  expect(refused).toMatchObject({ code: 'call.not-allowed', details: { reason: expect.stringMatching(/^asked us not to/) } });
  expect(String((refused as Error).message)).not.toContain('05321234567');
});
