import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SmppOptions, smsBySmpp } from '../../src/notify/sms-smpp.ts';
import type { Notifier, Outgoing } from '../../src/ports/notifier.ts';
import { systemClock } from '../../src/system-clock.ts';
import { silentLog } from '../kit/asterisk.ts';
import { messageOf } from '../kit/messages.ts';
import { type Smsc, startSmsc, textOf } from '../kit/smsc.ts';

let smsc: Smsc;
const opened: Notifier<'sms'>[] = [];

beforeEach(async () => {
  smsc = await startSmsc();
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await smsc.close();
});

/** Time runs a hundred times faster, so that pauses between attempts to connect do not hold up the tests. */
const quickClock = { now: systemClock.now, setTimer: (ms: number, fire: () => void) => systemClock.setTimer(ms / 100, fire) };

function link(changed: Partial<SmppOptions> = {}): Notifier<'sms'> {
  const made = smsBySmpp({
    url: smsc.url,
    user: 'santral',
    password: 's3cret',
    window: 10,
    from: 'SANTRAL',
    letters: 'turkish',
    clock: systemClock,
    random: () => 0.5,
    log: silentLog,
    ...changed,
  });
  opened.push(made);
  return made;
}

function sms(text: string, changed: Partial<Extract<Outgoing, { kind: 'sms' }>> = {}): Extract<Outgoing, { kind: 'sms' }> {
  return { kind: 'sms', id: messageOf().id, from: null, to: '+905550000017', text, ...changed };
}
const send = (one: Notifier<'sms'>, message: Parameters<Notifier<'sms'>['send']>[0], ms = 5000) =>
  one.send(message, AbortSignal.timeout(ms));

describe('an SMS by SMPP', () => {
  test('waits for the login, and takes the SMSC’s id along', async () => {
    expect(await send(link(), sms('Hello [1] €'))).toEqual({ kind: 'sent', reference: 'id-1' });
    expect(smsc.binds[0]).toMatchObject({ system_id: 'santral', password: 's3cret' });
    const [pdu] = smsc.submits;
    expect(pdu).toMatchObject({
      data_coding: 0,
      source_addr: 'SANTRAL',
      source_addr_ton: 5,
      destination_addr: '905550000017',
      dest_addr_ton: 1,
      dest_addr_npi: 1,
    });
    expect(textOf(pdu as never)).toBe('Hello [1] €');
  });

  test('in Turkish letters, and without them', async () => {
    await send(link(), sms('Işığın şöyle: ğĞİ'));
    expect(smsc.submits[0]).toMatchObject({ data_coding: 8 });
    expect(textOf(smsc.submits[0] as never)).toBe('Işığın şöyle: ğĞİ');
    await send(link({ letters: 'plain', from: '+902125550001' }), sms('Işığın şöyle: ğĞİ'));
    expect(smsc.submits[1]).toMatchObject({ data_coding: 0, source_addr: '902125550001', source_addr_ton: 1 });
    expect(textOf(smsc.submits[1] as never)).toBe('Isigin söyle: gGI');
  });

  test.each(['ş'.repeat(150), 'x'.repeat(320), `${'😀'.repeat(40)}ğ`, `${'€'.repeat(90)}`])(
    'a long one goes in pieces that the phone joins',
    async (text) => {
      const message = sms(text);
      const one = link();
      await send(one, message);
      await send(one, message);
      const half = smsc.submits.length / 2;
      expect(half).toBeGreaterThan(1);
      const header = (pdu: unknown) => [...((pdu as { short_message: { udh: Buffer[] } }).short_message.udh[0] ?? [])];
      const first = smsc.submits.slice(0, half);
      expect(first.map(textOf).join('')).toBe(text);
      expect(first.map(header).map(([, , , total, seq]) => [total, seq])).toEqual(first.map((_, index) => [half, index + 1]));
      expect(smsc.submits.slice(half).map(header)).toEqual(first.map(header));
      for (const pdu of first) expect(pdu['esm_class']).toBe(0x40);
    },
  );

  test('of the window never more wait for an answer', async () => {
    const silent: (() => void)[] = [];
    let most = 0;
    let now = 0;
    smsc.onSubmit = (pdu) => {
      now += 1;
      most = Math.max(most, now);
      const session = smsc.sessions[0];
      silent.push(() => {
        now -= 1;
        session?.send(pdu.response({ message_id: 'x' }));
      });
      if (silent.length >= 3) for (const answer of silent.splice(0)) setImmediate(answer);
      return null;
    };
    const one = link({ window: 3 });
    const all = await Promise.all(Array.from({ length: 12 }, (_, n) => send(one, sms(`no ${n}`))));
    expect(all.every(({ kind }) => kind === 'sent')).toBe(true);
    expect(most).toBe(3);
  });

  test.each([
    [0x58, { kind: 'later', afterMs: 5000 }],
    [0x14, { kind: 'later' }],
    [0x08, { kind: 'later' }],
    [0x0b, { kind: 'refused' }],
    [0x45, { kind: 'later' }],
    [0x05, { kind: 'refused' }],
  ])('status 0x%s', async (status, expected) => {
    smsc.onSubmit = () => status;
    expect(await send(link(), sms('a'))).toMatchObject(expected);
  });

  test('no answer in time is tried again, and does not hold the window for ever', async () => {
    smsc.onSubmit = (_, index) => (index === 1 ? null : 0);
    const one = link({ window: 1 });
    expect(await send(one, sms('a'), 100)).toMatchObject({ kind: 'later', reason: expect.stringContaining('in time') });
    expect(await send(one, sms('b'))).toMatchObject({ kind: 'sent' });
  });
});

describe('the connection', () => {
  test('is made again when it is cut; what was under way is tried again', async () => {
    const one = link({ clock: quickClock });
    smsc.onSubmit = () => null;
    const cut = send(one, sms('a'));
    await smsc.count(1);
    smsc.cut();
    expect(await cut).toMatchObject({ kind: 'later', reason: expect.stringContaining('SMSC') });
    smsc.onSubmit = () => 0;
    expect(await send(one, sms('b'))).toMatchObject({ kind: 'sent' });
    expect(smsc.binds).toHaveLength(2);
  });

  test('is tried until the SMSC is there', async () => {
    const { port } = smsc;
    await smsc.close();
    const one = link({ clock: quickClock });
    expect(await send(one, sms('a'), 100)).toMatchObject({ kind: 'later', reason: expect.stringMatching(/ECONNREFUSED/) });
    smsc = await startSmsc(port);
    expect(await send(one, sms('a'))).toMatchObject({ kind: 'sent' });
  });

  test('a refused login is tried again, and told as the reason', async () => {
    smsc.onBind = () => 0x0e;
    const one = link({ clock: quickClock });
    expect(await send(one, sms('a'), 200)).toMatchObject({ kind: 'later', reason: expect.stringContaining('refused the login') });
    smsc.onBind = () => 0;
    expect(await send(one, sms('a'))).toMatchObject({ kind: 'sent' });
  });

  test('rubbish on the line is no end of the engine', async () => {
    const one = link({ clock: quickClock });
    await send(one, sms('a'));
    const { socket } = smsc.sessions[0] as unknown as { socket: { write(bytes: Buffer): void } };
    socket.write(Buffer.alloc(64, 0xff));
    expect(await untilSent(one)).toMatchObject({ kind: 'sent' });
    expect(smsc.binds.length).toBeGreaterThan(1);
  });

  test('a dead line is found out by the signs of life', async () => {
    const one = link({ clock: quickClock });
    await send(one, sms('a'));
    smsc.sessions[0]?.removeAllListeners('enquire_link');
    expect(await whenBoundAgain(one)).toBe(2);
  });

  test('ends at once, and gives back what waits', async () => {
    smsc.onSubmit = () => null;
    const one = link();
    const waiting = send(one, sms('a'));
    await smsc.count(1);
    const began = performance.now();
    await one.close();
    expect(performance.now() - began).toBeLessThan(900);
    expect(await waiting).toMatchObject({ kind: 'later' });
    expect(await send(one, sms('b'))).toMatchObject({ kind: 'later' });
  });
});

/** The first send may still meet the broken connection. */
async function untilSent(one: Notifier<'sms'>) {
  for (;;) {
    const delivery = await send(one, sms('again'));
    if (delivery.kind === 'sent' && smsc.binds.length > 1) return delivery;
  }
}

async function whenBoundAgain(one: Notifier<'sms'>): Promise<number> {
  while (smsc.binds.length < 2) await send(one, sms('again'));
  return smsc.binds.length;
}
