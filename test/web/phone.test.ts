import { describe, expect, it } from 'vitest';
import { ApiError } from '../../src/web/api/client.ts';
import type { PhoneAccount } from '../../src/web/api/phone.ts';
import type { Voice } from '../../src/web/phone/microphone.ts';
import { createPhone } from '../../src/web/phone/phone.ts';
import type { Softphone, SoftphoneListener } from '../../src/web/phone/softphone.ts';

const stream = {} as MediaStream;
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** A phone on a bench: the engine, JsSIP, the microphone and the clock are made up. */
function bench() {
  let account: PhoneAccount = { username: 'web-1', password: 'one', domain: 'd', wsPath: '/sip' };
  let trouble: ApiError | null = null;
  let opened = 0;
  let loggedOut = 0;
  let now = 1_000_000;
  const timers: { ms: number; run: () => void }[] = [];
  const log: string[] = [];
  const voices: { give: (voice: Voice) => void }[] = [];
  let listener: SoftphoneListener | null = null;
  const phone = createPhone({
    async openPhone() {
      opened += 1;
      if (trouble !== null) throw trouble;
      return account;
    },
    loadSoftphone: async () => (given, origin, heard) => {
      log.push(`made ${given.username}/${given.password} at ${origin}`);
      listener = heard;
      const made: Softphone = {
        username: given.username,
        call: (number) => void log.push(`call ${number}`),
        answer: () => void log.push('answer'),
        hangUp: () => void log.push('hang up'),
        sendKey: (key) => void log.push(`key ${key}`),
        setMuted: (muted) => void log.push(`muted ${muted}`),
        renew: (password) => void log.push(`renew ${password}`),
        stop: () => void log.push('stop'),
      };
      return made;
    },
    openVoice: () => new Promise((give) => voices.push({ give })),
    origin: 'ws://x',
    now: () => now,
    later(ms, run) {
      const timer = { ms, run };
      timers.push(timer);
      return () => void timers.splice(0, timers.length, ...timers.filter((other) => other !== timer));
    },
    onUnauthenticated: () => {
      loggedOut += 1;
    },
  });
  return {
    phone,
    log,
    timers,
    state: () => phone.state.get(),
    tell: () => listener as unknown as SoftphoneListener,
    counts: () => ({ opened, loggedOut }),
    engine: (change: { account?: PhoneAccount; trouble?: ApiError | null }) => {
      account = change.account ?? account;
      trouble = change.trouble ?? null;
    },
    pass: (ms: number) => {
      now += ms;
    },
    microphone: async (problem: Voice['problem'] = null) => {
      let closed = false;
      voices.shift()?.give({
        stream,
        problem,
        close: () => {
          closed = true;
        },
      });
      await settled();
      return { isClosed: () => closed };
    },
    fire: async () => {
      timers.shift()?.run();
      await settled();
    },
  };
}

async function ready() {
  const made = bench();
  made.phone.start();
  await settled();
  made.tell().onLine('registering');
  made.tell().onLine('ready');
  return made;
}

async function talking() {
  const made = await ready();
  made.phone.call('1000');
  const voice = await made.microphone();
  made.tell().onAnswered();
  return { ...made, voice };
}

describe('the line', () => {
  it('is prepared, registers and is ready', async () => {
    const { phone, state, tell, log } = bench();
    expect(state().line.kind).toBe('off');
    phone.start();
    phone.start();
    expect(state().line.kind).toBe('preparing');
    await settled();
    expect(state().line.kind).toBe('registering');
    tell().onLine('ready');
    expect(state().line.kind).toBe('ready');
    expect(log).toEqual(['made web-1/one at ws://x']);
  });

  it('says why there is no phone, and asks again, later each time', async () => {
    const { phone, state, engine, timers, fire } = bench();
    engine({ trouble: new ApiError('telephony.disconnected', 503, '') });
    phone.start();
    await settled();
    expect(state().line).toEqual({ kind: 'no-phone', code: 'telephony.disconnected' });
    const waits: number[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      waits.push(timers[0]?.ms ?? 0);
      await fire();
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 8000]);
    engine({});
    await fire();
    expect(state().line.kind).toBe('registering');
    expect(timers.map(({ ms }) => ms)).toEqual([6000, 30 * 60_000]);
  });

  it('tells that the login is over, and asks no more', async () => {
    const { phone, engine, counts, timers } = bench();
    engine({ trouble: new ApiError('request.unauthenticated', 401, '') });
    phone.start();
    await settled();
    expect(counts()).toEqual({ opened: 1, loggedOut: 1 });
    expect(timers).toEqual([]);
  });

  it('asks for the account again when Asterisk refuses it, and registers with the new secret', async () => {
    const { tell, engine, fire, log, state } = await ready();
    tell().onLine('refused');
    engine({ account: { username: 'web-1', password: 'two', domain: 'd', wsPath: '/sip' } });
    await fire();
    expect(log.at(-1)).toBe('renew two');
    tell().onLine('ready');
    expect(state().line.kind).toBe('ready');
  });

  it('asks again after a lost socket, since the engine may be a new one', async () => {
    const { tell, counts, log, engine } = await ready();
    tell().onLine('offline');
    engine({ account: { username: 'web-1', password: 'two', domain: 'd', wsPath: '/sip' } });
    tell().onLine('ready');
    await settled();
    expect(counts().opened).toBe(2);
    expect(log.at(-1)).toBe('renew two');
  });

  it('is asked for now and then while the page is open', async () => {
    const { timers, counts, fire, log } = await ready();
    expect(timers.map(({ ms }) => ms)).toEqual([30 * 60_000]);
    await fire();
    expect(counts().opened).toBe(2);
    expect(log).toHaveLength(1);
  });

  it('starts over when a registration gets no answer, and does not listen to the old softphone', async () => {
    const { phone, state, tell, timers, log } = bench();
    phone.start();
    await settled();
    const old = tell();
    const patience = timers.find(({ ms }) => ms === 6000);
    patience?.run();
    await settled();
    expect(log).toEqual(['made web-1/one at ws://x', 'stop', 'made web-1/one at ws://x']);
    old.onLine('ready');
    expect(state().line.kind).toBe('registering');
    tell().onLine('ready');
    expect(state().line.kind).toBe('ready');
    expect(timers.map(({ ms }) => ms)).toEqual([30 * 60_000]);
  });

  it('is patient while a call is up', async () => {
    const { tell, timers, log, state } = await talking();
    tell().onLine('registering');
    timers.find(({ ms }) => ms === 6000)?.run();
    await settled();
    expect(log).not.toContain('stop');
    expect(state().call.kind).toBe('talking');
    expect(timers.some(({ ms }) => ms === 6000)).toBe(true);
  });

  it('is never replaced under a call', async () => {
    const { engine, fire, log, state } = await talking();
    engine({ account: { username: 'web-2', password: 'x', domain: 'd', wsPath: '/sip' } });
    await fire();
    expect(log.filter((line) => line.startsWith('made') || line === 'stop')).toHaveLength(1);
    expect(state().call.kind).toBe('talking');
  });

  it('hears nothing after it was stopped', async () => {
    const { phone, tell, state, timers } = await ready();
    phone.stop();
    tell().onLine('ready');
    expect(state().line.kind).toBe('off');
    expect(timers).toEqual([]);
  });
});

describe('a call', () => {
  it('goes from microphone to calling, ringing, talking, ended', async () => {
    const { phone, state, microphone, tell, pass, log } = await ready();
    phone.call('1000');
    expect(state().call.kind).toBe('microphone');
    const voice = await microphone();
    expect(state().call).toEqual({ kind: 'calling', number: '1000' });
    tell().onRinging();
    expect(state().call.kind).toBe('ringing');
    tell().onAnswered();
    expect(state().call).toMatchObject({ kind: 'talking', since: 1_000_000 });
    pass(61_400);
    tell().onEnded('they-hung-up', null);
    expect(state().call).toEqual({ kind: 'ended', number: '1000', reason: 'they-hung-up', sipCode: null, seconds: 61 });
    expect(voice.isClosed()).toBe(true);
    expect(log).toContain('call 1000');
  });

  it('goes on without a microphone and says so', async () => {
    const { phone, state, microphone, log } = await ready();
    phone.call('1000');
    await microphone('denied');
    expect(state()).toMatchObject({ call: { kind: 'calling' }, microphoneProblem: 'denied' });
    expect(log).toContain('call 1000');
  });

  it('is taken back while the browser still asks for the microphone', async () => {
    const { phone, state, microphone, log } = await ready();
    phone.call('1000');
    phone.hangUp();
    const voice = await microphone();
    expect(state().call.kind).toBe('idle');
    expect(voice.isClosed()).toBe(true);
    expect(log).not.toContain('call 1000');
  });

  it('sends keys and mutes only while talking', async () => {
    const { phone, state, log, tell } = await talking();
    phone.press('1');
    phone.press('#');
    phone.setMuted(true);
    expect(state()).toMatchObject({ keys: '1#', muted: true });
    tell().onEnded('you-hung-up', null);
    phone.press('2');
    phone.setMuted(false);
    expect(log.filter((line) => /^(key|muted)/.test(line))).toEqual(['key 1', 'key #', 'muted true']);
    expect(state()).toMatchObject({ keys: '1#', muted: false });
  });

  it('is one at a time, and only on a line that is ready', async () => {
    const { phone, tell, log, microphone } = await talking();
    phone.call('2000');
    tell().onEnded('busy', 486);
    tell().onLine('offline');
    phone.call('3000');
    await microphone();
    expect(log.filter((line) => line.startsWith('call'))).toEqual(['call 1000']);
  });

  it('that was never answered has no length', async () => {
    const { phone, state, microphone, tell } = await ready();
    phone.call('1000');
    await microphone();
    tell().onEnded('busy', 486);
    expect(state().call).toMatchObject({ reason: 'busy', sipCode: 486, seconds: null });
  });
});

describe('a call that comes in', () => {
  it('rings, is taken, and talks', async () => {
    const { phone, state, tell, microphone, log } = await ready();
    tell().onIncoming('100');
    expect(state().call).toEqual({ kind: 'incoming', number: '100' });
    phone.call('1000');
    phone.answer();
    expect(state().call).toEqual({ kind: 'answering', number: '100' });
    const voice = await microphone('missing');
    expect(log.at(-1)).toBe('answer');
    expect(state().microphoneProblem).toBe('missing');
    tell().onAnswered();
    expect(state().call).toMatchObject({ kind: 'talking', number: '100' });
    tell().onEnded('they-hung-up', null);
    expect(voice.isClosed()).toBe(true);
  });

  it('is refused, and is gone when the caller gives up, also while the microphone is being opened', async () => {
    const { phone, state, tell, microphone, log } = await ready();
    tell().onIncoming('100');
    phone.hangUp();
    expect(log.at(-1)).toBe('hang up');
    tell().onEnded('you-hung-up', null);
    tell().onIncoming('100');
    phone.answer();
    tell().onEnded('they-hung-up', null);
    const voice = await microphone();
    expect(voice.isClosed()).toBe(true);
    expect(log).not.toContain('answer');
    expect(state().call).toMatchObject({ kind: 'ended', reason: 'they-hung-up', seconds: null });
  });

  it('is taken by itself while that was promised, once', async () => {
    const { phone, state, tell, microphone, pass } = await ready();
    phone.answerNext(5000);
    tell().onIncoming('100');
    expect(state().call.kind).toBe('answering');
    await microphone();
    tell().onAnswered();
    tell().onEnded('they-hung-up', null);
    tell().onIncoming('100');
    expect(state().call.kind).toBe('incoming');
    // The promise may come after the call.
    phone.answerNext(5000);
    expect(state().call.kind).toBe('answering');
    await microphone();
    tell().onEnded('they-hung-up', null);
    phone.answerNext(5000);
    pass(5000);
    tell().onIncoming('100');
    expect(state().call.kind).toBe('incoming');
    tell().onEnded('they-hung-up', null);
    phone.answerNext(5000);
    phone.answerNext(0);
    tell().onIncoming('100');
    expect(state().call.kind).toBe('incoming');
  });
});
