import { describe, expect, it } from 'vitest';
import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { Consent } from '../../../src/domain/consent.ts';
import { SantralError } from '../../../src/domain/errors.ts';
import type { E164 } from '../../../src/domain/phone-number.ts';
import type { PlaceOrder } from '../../../src/services/calls/place-call.ts';
import { openBench } from './bench.ts';

const FLOW = `
flow: main
title: { tr: Arama, en: Calling }
start: hello
parameters: { who: "" }
nodes:
  hello: { type: say, prompt: { text: { tr: "merhaba {{params.who}}", en: "hello {{params.who}}" } }, next: ask }
  ask: { type: menu, prompt: { text: { tr: bir, en: press one } }, options: { 1: bye } }
  bye: { type: hangup, prompt: { text: { tr: x, en: bye } } }
`;
const ORDER: PlaceOrder = {
  brand: DEFAULT_BRAND,
  number: '+905550000017' as E164,
  flow: 'main',
  language: 'en',
  params: { who: 'Ayşe' },
  callerId: '+902125550010',
  messageClass: 'informational',
  key: null,
};

async function placed(order: PlaceOrder = ORDER) {
  const bench = openBench({ flows: { main: FLOW } });
  const id = await bench.calls().place(order);
  await bench.clock.pass(0);
  return { ...bench, id, channel: () => bench.line.originated[0]?.channelId as string };
}

describe('a call that we make', () => {
  it('is on record with the id of its channel before Asterisk hears of it', async () => {
    const bench = openBench({ flows: { main: FLOW } });
    const { commit } = bench.memory.store;
    const order: string[] = [];
    bench.memory.store.commit = async (change) => {
      order.push(`stored ${change.call.channelId}`);
      return commit(change);
    };
    bench.line.telephony.originate = async ({ channelId }) => void order.push(`originated ${channelId}`);
    await bench.calls().place(ORDER);
    await bench.clock.pass(0);
    expect(order.slice(0, 2)).toEqual(['stored leg_1', 'originated leg_1']);
  });

  it('runs its flow with what it was given when the customer answers, and shows our number', async () => {
    const bench = await placed();
    expect(bench.line.originated).toMatchObject([
      { endpoint: 'PJSIP/+905550000017@trunk', callerId: '+902125550010', ringMs: 30_000, originator: null },
    ]);
    await bench.clock.pass(5000);
    expect(bench.heard()).toEqual([]);
    bench.line.answerLeg(bench.channel());
    await bench.clock.pass(5000);
    expect(bench.heard()).toEqual(['hello Ayşe', 'press one']);
    bench.line.press(bench.channel(), '1');
    await bench.clock.pass(5000);
    expect(bench.call()).toMatchObject({ direction: 'outbound', state: 'ended', termination: { kind: 'flow-hung-up' } });
    expect(bench.facts().slice(0, 3)).toEqual(['call-placed', 'call-answered', 'node-entered']);
    expect(bench.journal('call-placed')).toMatchObject([{ did: '+90 5** *** ** 17' }]);
    expect(bench.clock.pending).toBe(0);
  });

  it('goes on where the line drops between the answer and the first word', async () => {
    const bench = await placed();
    bench.line.answerLeg(bench.channel());
    await bench.clock.pass(100);
    bench.line.drop();
    await bench.clock.pass(2000);
    await bench.line.comeBack();
    await bench.clock.pass(5000);
    expect(bench.heard()).toEqual(['hello Ayşe', 'press one']);
  });

  it.each([
    [17, 486, 'busy'],
    [19, 480, 'no-answer'],
    [21, 603, 'rejected'],
    [1, 404, 'invalid-number'],
    [34, 503, 'congestion'],
    [127, null, 'failed'],
  ])('ends with cause %i and SIP %s: %s', async (cause, sipCode, outcome) => {
    const bench = await placed();
    await bench.clock.pass(1000);
    bench.line.hangUp(bench.channel(), cause, sipCode);
    await bench.clock.pass(5000);
    expect(bench.call()).toMatchObject({ state: 'ended', answeredAt: null, termination: { kind: 'not-reached', outcome, sipCode } });
    expect([...bench.memory.rows.values()][0]?.legs).toMatchObject([{ role: 'customer', outcome, sipCode, hangupCause: cause }]);
    expect(bench.clock.pending).toBe(0);
  });

  it('is given up by ourselves when it rings too long and Asterisk says nothing', async () => {
    const bench = await placed();
    bench.line.telephony.hangup = async (id) => void bench.line.sent.push(`hangup ${id}`);
    await bench.clock.pass(36_000);
    expect(bench.call()).toMatchObject({ termination: { kind: 'not-reached', outcome: 'no-answer' } });
    expect(bench.line.sent).toContain(`hangup ${bench.channel()}`);
  });

  it('fails when Asterisk refuses it', async () => {
    const bench = openBench({ flows: { main: FLOW } });
    bench.line.failures.set('originate', new SantralError('telephony.refused', 'Allocation failed'));
    await bench.calls().place(ORDER);
    await bench.clock.pass(100);
    expect(bench.call()).toMatchObject({ termination: { kind: 'not-reached', outcome: 'failed' } });
    expect(bench.clock.pending).toBe(0);
  });

  it('ends by who asked for it while it rings', async () => {
    const bench = await placed();
    await bench.calls().hangup(bench.id, 'ayse');
    await bench.clock.pass(5000);
    expect(bench.call()).toMatchObject({ termination: { kind: 'ended-by-user', by: 'ayse' } });
    expect(bench.clock.pending).toBe(0);
  });
});

describe('an originate whose answer is lost', () => {
  const timeout = new SantralError('telephony.timeout', 'no answer', { details: { sent: true } });

  async function ambiguous(happened: boolean) {
    const bench = openBench({ flows: { main: FLOW } });
    const { originate } = bench.line.telephony;
    let asked = 0;
    bench.line.telephony.originate = async (request) => {
      asked += 1;
      if (happened) await originate(request);
      throw timeout;
    };
    await bench.calls().place(ORDER);
    await bench.clock.pass(0);
    return { ...bench, asked: () => asked };
  }

  it('is never sent again: without a channel and without an event the call is unknown', async () => {
    const bench = await ambiguous(false);
    await bench.clock.pass(4000);
    expect(bench.call()?.state).toBe('open');
    await bench.clock.pass(2000);
    expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'not-reached', outcome: 'unknown' } });
    expect(bench.asked()).toBe(1);
    expect(bench.clock.pending).toBe(0);
  });

  it('is adopted when the channel is there', async () => {
    const bench = await ambiguous(true);
    await bench.clock.pass(10_000);
    bench.line.answerLeg('leg_1');
    await bench.clock.pass(5000);
    expect(bench.heard()).toEqual(['hello Ayşe', 'press one']);
    expect(bench.asked()).toBe(1);
  });

  it('of an id that exists is taken for done', async () => {
    const bench = openBench({ flows: { main: FLOW } });
    const { originate } = bench.line.telephony;
    bench.line.telephony.originate = async (request) => {
      await originate(request);
      throw new SantralError('telephony.conflict', 'Channel with given unique ID already exists');
    };
    await bench.calls().place(ORDER);
    await bench.clock.pass(0);
    bench.line.answerLeg('leg_1');
    await bench.clock.pass(5000);
    expect(bench.heard()).toEqual(['hello Ayşe', 'press one']);
  });
});

describe('a call that rings while the engine is away', () => {
  it('is waited for by the next start, with what its flow was to be given', async () => {
    const bench = await placed();
    await bench.crash();
    expect(bench.line.originated).toHaveLength(1);
    expect(bench.call()?.state).toBe('open');
    // Asterisk tells of a channel that is not under control yet among all channels only.
    bench.line.answerLeg(bench.channel());
    await bench.clock.pass(5000);
    expect(bench.heard()).toEqual(['hello Ayşe', 'press one']);
  });

  it('and is answered meanwhile hears its flow from the start', async () => {
    const bench = await placed();
    bench.line.telephony.listen({ onEvent: () => undefined, onUp: async () => undefined, onDown: () => undefined });
    bench.line.answerLeg(bench.channel());
    await bench.crash();
    await bench.clock.pass(5000);
    expect(bench.heard()).toEqual(['hello Ayşe', 'press one']);
  });

  it('and is gone meanwhile is unknown, and not called again', async () => {
    const bench = await placed();
    bench.line.vanish(bench.channel());
    await bench.crash();
    await bench.clock.pass(1000);
    expect(bench.call()).toMatchObject({ termination: { kind: 'not-reached', outcome: 'unknown' } });
    expect(bench.line.originated).toHaveLength(1);
  });

  it('goes on when only the line was down', async () => {
    const bench = await placed();
    bench.line.drop();
    await bench.clock.pass(2000);
    await bench.line.comeBack();
    await bench.clock.pass(0);
    bench.line.answerLeg(bench.channel());
    await bench.clock.pass(5000);
    expect(bench.heard()).toEqual(['hello Ayşe', 'press one']);
  });
});

describe('an order with a key', () => {
  const KEYED: PlaceOrder = { ...ORDER, key: 'order-4711' };

  it('given twice is one call', async () => {
    const bench = openBench({ flows: { main: FLOW } });
    const first = await bench.calls().place(KEYED);
    await bench.clock.pass(0);
    expect(await bench.calls().place(KEYED)).toBe(first);
    expect(await bench.calls().place({ ...KEYED, key: 'order-4712' })).not.toBe(first);
    await bench.clock.pass(0);
    expect(bench.line.originated).toHaveLength(2);
  });

  it('that says something else is refused', async () => {
    const bench = openBench({ flows: { main: FLOW } });
    await bench.calls().place(KEYED);
    for (const change of [{ number: '+905550000018' as E164 }, { params: { who: 'Can' } }])
      await expect(bench.calls().place({ ...KEYED, ...change })).rejects.toMatchObject({ code: 'request.conflict' });
    await bench.clock.pass(0);
    expect(bench.line.originated).toHaveLength(1);
  });

  it('whose call could not be placed may be given again', async () => {
    const bench = openBench({ flows: { main: FLOW } });
    bench.memory.refuse(new SantralError('store.full', 'disk full'));
    await expect(bench.calls().place(KEYED)).rejects.toMatchObject({ code: 'store.full' });
    bench.memory.refuse(null);
    await expect(bench.calls().place(KEYED)).resolves.toBeDefined();
    await bench.clock.pass(0);
    expect(bench.line.originated).toHaveLength(1);
  });
});

describe('who may not be called', () => {
  const block = { brand: DEFAULT_BRAND, recipient: ORDER.number, reason: '', since: 0, by: 'ayse' };
  const consent: Consent = {
    brand: DEFAULT_BRAND,
    recipient: ORDER.number,
    recipientType: 'BIREYSEL',
    type: 'ARAMA',
    status: 'ONAY',
    source: 'HS_WEB',
    consentDate: 0,
    evidence: '',
  };
  const commercial = { ...ORDER, messageClass: 'commercial' } as const;

  it.each([
    ['never wants to be contacted', ORDER, { consents: [consent], doNotContact: block }, 'do-not-contact'],
    ['did not agree to advertising', commercial, { consents: [], doNotContact: null }, 'no-consent'],
    ['refused it', commercial, { consents: [{ ...consent, status: 'RET' as const }], doNotContact: null }, 'refused'],
  ])('because they %s: nothing is stored, nobody is dialled', async (_, order, standing, reason) => {
    const bench = openBench({ flows: { main: FLOW } });
    bench.standing.value = standing;
    await expect(bench.calls().place(order)).rejects.toMatchObject({ code: 'call.not-allowed', details: { reason } });
    await bench.clock.pass(1000);
    expect(bench.memory.rows.size).toBe(0);
    expect(bench.line.originated).toEqual([]);
  });

  it('is asked anew for each call: who agreed meanwhile is called', async () => {
    const bench = openBench({ flows: { main: FLOW } });
    await expect(bench.calls().place(commercial)).rejects.toMatchObject({ code: 'call.not-allowed' });
    bench.standing.value = { consents: [consent], doNotContact: null };
    await expect(bench.calls().place(commercial)).resolves.toBeDefined();
  });
});

describe('a call that is being put on record', () => {
  it('when the engine is told to stop is not dialled, and ends as refused', async () => {
    const bench = openBench({ flows: { main: FLOW } });
    const { commit } = bench.memory.store;
    let goOn: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      bench.memory.store.commit = async (change) => {
        bench.memory.store.commit = commit;
        resolve();
        await new Promise<void>((open) => (goOn = open));
        return commit(change);
      };
    });
    const placing = bench.calls().place(ORDER);
    await reached;
    let stopped = false;
    const stopping = bench.calls().stop();
    void stopping.then(() => (stopped = true));
    await Promise.resolve();
    expect(stopped).toBe(false);
    goOn();
    await expect(placing).rejects.toMatchObject({ code: 'engine.not-ready' });
    await stopping;
    expect(bench.line.originated).toEqual([]);
    expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'refused', reason: 'shutting-down' } });
  });

  it('is left alone by taking stock, at whatever moment that comes', async () => {
    // Taking stock reads the database once the call is in it, and looks at the call some turns of the event loop's queue later: all are tried.
    for (let turns = 0; turns < 40; turns += 1) {
      const bench = openBench({ flows: { main: FLOW } });
      const { commit } = bench.memory.store;
      bench.memory.store.commit = async (change) => {
        bench.memory.store.commit = commit;
        await commit(change);
        void bench.calls().onUp();
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      };
      await bench.calls().place(ORDER);
      await bench.clock.pass(0);
      expect([turns, bench.call()?.state, bench.line.originated.length]).toEqual([turns, 'open', 1]);
    }
  });
});

describe('a call that cannot be made', () => {
  it.each([
    ['a flow that is not there', { flow: 'nowhere' }, 'flow.unknown'],
    ['a number nothing leads to', { number: 'nonsense' as E164 }, 'request.invalid'],
  ])('for %s is refused, and nothing is stored', async (_, change, code) => {
    const bench = openBench({ flows: { main: FLOW } });
    await expect(bench.calls().place({ ...ORDER, ...change })).rejects.toMatchObject({ code });
    expect(bench.memory.rows.size).toBe(0);
    expect(bench.line.originated).toEqual([]);
  });

  it('because the database refuses is not dialled', async () => {
    const bench = openBench({ flows: { main: FLOW } });
    bench.memory.refuse(new SantralError('store.full', 'disk full'));
    await expect(bench.calls().place(ORDER)).rejects.toMatchObject({ code: 'store.full' });
    expect(bench.line.originated).toEqual([]);
  });

  it('because too many ring already is refused', async () => {
    const bench = openBench({ flows: { main: FLOW } });
    for (let n = 0; n < 50; n += 1) await bench.calls().place(ORDER);
    await expect(bench.calls().place(ORDER)).rejects.toMatchObject({ code: 'request.too-many' });
    bench.line.answerLeg('leg_1');
    await bench.clock.pass(0);
    await expect(bench.calls().place(ORDER)).resolves.toBeDefined();
  });
});
