import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestAsterisk, type TestAsterisk } from '../kit/asterisk.ts';

/** A call as the provider sees it. */
interface Arrived {
  readonly name: string;
  readonly number: string;
  readonly from: string | undefined;
}

let provider: TestAsterisk;
let arrived: (call: Arrived) => void;
let leave: () => void;
let started: TestAsterisk[] = [];

/** The provider is an Asterisk that takes calls of its accounts only; its agent 100 is the customer's account. */
beforeAll(async () => {
  provider = await startTestAsterisk({ env: { SANTRAL_ANONYMOUS_CALLS: 'none' } });
  const url = `${provider.ariUrl.replace('http', 'ws')}/ari/events?app=santral&api_key=${provider.ariUser}:${provider.ariPassword}`;
  const socket = new WebSocket(url);
  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as {
      type: string;
      args?: string[];
      channel?: { name: string; dialplan: { exten: string } };
    };
    if (event.type !== 'StasisStart' || event.channel === undefined) return;
    arrived({ name: event.channel.name, number: event.channel.dialplan.exten, from: event.args?.[1] });
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  leave = () => socket.terminate();
});
afterAll(async () => {
  leave?.();
  for (const asterisk of started) await asterisk.stop();
  started = [];
  await provider?.stop();
});

async function customer(password: string): Promise<TestAsterisk> {
  const asterisk = await startTestAsterisk({
    env: {
      SANTRAL_TRUNK: `127.0.0.1:${provider.sipPort}`,
      SANTRAL_TRUNK_USER: '100',
      SANTRAL_TRUNK_PASSWORD: password,
      SANTRAL_TRUNK_REGISTER: 'on',
    },
  });
  started.push(asterisk);
  return asterisk;
}

const ari = (asterisk: TestAsterisk, method: string, what: string, query: Record<string, string> = {}) =>
  fetch(`${asterisk.ariUrl}/ari/${what}?${new URLSearchParams({ ...query, api_key: `${asterisk.ariUser}:${asterisk.ariPassword}` })}`, {
    method,
  });

const dial = (asterisk: TestAsterisk, number: string, channelId: string) =>
  ari(asterisk, 'POST', 'channels', {
    endpoint: `PJSIP/${number}@trunk`,
    context: 'demo-trunk',
    extension: number,
    priority: '1',
    channelId,
  });

it('the account is registered at the provider, and a call to the outside is let through as the account’s', async () => {
  const asterisk = await customer(provider.secrets.agents.find(({ name }) => name === '100')?.password ?? '');
  await expect.poll(() => asterisk.rx('pjsip show registrations'), { timeout: 10_000 }).toMatch(/trunk-registration\/.*Registered/);
  expect(await provider.rx('pjsip show contacts')).toContain(`100/sip:100@127.0.0.1:${asterisk.sipPort}`);
  const call = new Promise<Arrived>((resolve) => {
    arrived = resolve;
  });
  expect((await dial(asterisk, '02125550000', 'out-1')).status).toBe(200);
  expect(await call).toEqual({ name: expect.stringMatching(/^PJSIP\/100-/) as string, number: '02125550000', from: 'from-agents' });
  await ari(asterisk, 'DELETE', 'channels/out-1');
  expect(asterisk.complaints()).toEqual([]);
});

it('with a wrong password neither is had, and Asterisk’s log says so', async () => {
  const asterisk = await customer('wrong');
  const calls: Arrived[] = [];
  arrived = (call) => calls.push(call);
  await expect.poll(() => asterisk.rx('pjsip show registrations'), { timeout: 10_000 }).toMatch(/trunk-registration\/.*Rejected/);
  await dial(asterisk, '02125550000', 'out-2');
  await expect.poll(async () => (await ari(asterisk, 'GET', 'channels/out-2')).status, { timeout: 10_000 }).toBe(404);
  expect(calls).toEqual([]);
  expect(asterisk.complaints().join('\n')).toMatch(/registration attempt|authenticat/i);
});
