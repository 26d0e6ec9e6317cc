import { describe, expect, it } from 'vitest';
import type { AgentView, DeskNews } from '../../src/domain/desk-view.ts';
import type { CallId, UserId } from '../../src/domain/ids.ts';
import { createAgentDesk, type SocketListener } from '../../src/web/agent/desk-link.ts';
import { type DeskMessage, NO_DESK, receive } from '../../src/web/agent/desk-state.ts';
import { agentView, callCard, pretendFloor } from '../kit/pretend-floor.ts';

const ME = 'usr_1' as UserId;
const CALL = 'call_1' as CallId;
const snapshot = pretendFloor().add(ME);

const hello = (seq: number, fresh = true, stream = 's'): DeskMessage => ({
  ...{ type: 'hello', seq, eventId: `${stream}.hello`, at: 1000 },
  data: { stream, snapshot: fresh ? snapshot : null, resumedFrom: fresh ? null : seq },
});
const news = (seq: number, what: Omit<DeskNews, 'callId' | 'legId'>): DeskMessage =>
  ({ seq, eventId: `s.${seq}`, at: 2000, callId: null, legId: null, ...what }) as DeskMessage;
const state = (seq: number, kind: AgentView['state']): DeskMessage => news(seq, { type: 'state', data: agentView(ME, { state: kind }) });

function after(...messages: DeskMessage[]) {
  return messages.reduce((known, message) => {
    const received = receive(known, message);
    if (received.kind === 'gap') throw new Error(`a gap at ${message.seq}`);
    return received.state;
  }, NO_DESK);
}

const talking = { kind: 'talking', callId: CALL, queue: 'support' } as const;
const record = {
  ...{ id: 'cus-1', name: 'Ayşe Yılmaz', customerNumber: null, city: null, segment: null },
  dealer: null,
  lastContactAt: null,
};
const customer = { ...record, openAppointmentAt: null, fields: [] };
const verification = { state: 'verified', triesLeft: 3, candidate: 'c1', keyed: null, noneOfThese: false } as const;

describe('what the agent’s page knows', () => {
  it('begins with the snapshot, and follows the news', () => {
    const known = after(hello(7), state(8, { kind: 'available' }), news(9, { type: 'offer', data: callCard(CALL) }));
    expect(known).toMatchObject({
      link: 'live',
      stream: 's',
      lastSeq: 9,
      snapshot: { me: { state: { kind: 'available' } }, call: { callId: CALL } },
    });
  });

  it('does nothing twice: a message that was taken before changes nothing', () => {
    const refused = news(8, { type: 'offer-over', data: { how: 'refused' } });
    const known = after(hello(7), refused, news(9, { type: 'offer', data: callCard(CALL) }));
    expect(receive(known, refused)).toEqual({ kind: 'took', state: known });
    expect(known).toMatchObject({ lastSeq: 9, lastEnd: null, snapshot: { call: { callId: CALL } } });
  });

  it('notices a gap, and news without a snapshot', () => {
    expect(receive(after(hello(7)), state(9, { kind: 'available' }))).toEqual({ kind: 'gap' });
    expect(receive(NO_DESK, state(1, { kind: 'available' }))).toEqual({ kind: 'gap' });
  });

  it('keeps what it has when it is told only what it missed', () => {
    const known = after(
      hello(7),
      state(8, talking),
      news(9, { type: 'call', data: callCard(CALL, { phase: 'talking' }) }),
      hello(9, false),
    );
    expect(known.snapshot?.call?.phase).toBe('talking');
    expect(after(hello(7), hello(0, true, 'another engine'))).toMatchObject({ stream: 'another engine', lastSeq: 0 });
  });

  it('shows the record until the talk is over, and the card until the wrap-up is', () => {
    const verified = news(10, { type: 'verification', data: { verification, customer } });
    const talk = after(hello(7), state(8, talking), news(9, { type: 'call', data: callCard(CALL, { phase: 'talking' }) }), verified);
    expect(talk.customer?.name).toBe('Ayşe Yılmaz');
    const over = [news(11, { type: 'call-over', data: { how: 'caller-hung-up' } })];
    const wrap = over.reduce((known, message) => {
      const received = receive(known, message);
      return received.kind === 'took' ? received.state : known;
    }, talk);
    expect(wrap).toMatchObject({ customer: null, lastEnd: { kind: 'talk', how: 'caller-hung-up' }, snapshot: { call: { phase: 'over' } } });
    const free = receive(wrap, state(12, { kind: 'available' }));
    expect(free).toMatchObject({ state: { snapshot: { call: null, pop: null }, lastEnd: { how: 'caller-hung-up' } } });
  });

  it('lets an offer go that somebody else took, and says why', () => {
    const offered = [hello(7), news(8, { type: 'offer', data: callCard(CALL) })] as const;
    expect(after(...offered, news(9, { type: 'offer-over', data: { how: 'rescinded' } }))).toMatchObject({
      ...{ snapshot: { call: null }, lastEnd: { kind: 'offer', how: 'rescinded' } },
    });
    expect(after(...offered, news(9, { type: 'offer-over', data: { how: 'answered' } })).snapshot?.call?.callId).toBe(CALL);
  });
});

/** A desk on a bench: sockets and time are made up. */
function bench() {
  const sockets: { readonly listener: SocketListener; readonly said: unknown[]; closed: boolean }[] = [];
  const timers: { ms: number; run: () => void }[] = [];
  let loggedOut = 0;
  const desk = createAgentDesk({
    open(listener) {
      const socket = { listener, said: [] as unknown[], closed: false };
      sockets.push(socket);
      return {
        send: (text) => void socket.said.push(JSON.parse(text)),
        close() {
          socket.closed = true;
        },
      };
    },
    later(ms, run) {
      const timer = { ms, run };
      timers.push(timer);
      return () => void timers.splice(0, timers.length, ...timers.filter((other) => other !== timer));
    },
    now: () => 1400,
    onUnauthenticated: () => {
      loggedOut += 1;
    },
  });
  return {
    ...{ desk, sockets, timers, state: () => desk.state.get(), loggedOut: () => loggedOut },
    fire: () => timers.shift()?.run(),
    last: () => sockets.at(-1) as (typeof sockets)[number],
    tell: (message: DeskMessage) => sockets.at(-1)?.listener.onText(JSON.stringify(message)),
  };
}

function live() {
  const made = bench();
  made.desk.start();
  made.last().listener.onOpen();
  made.tell(hello(7));
  return made;
}

describe('the agent’s link', () => {
  it('says hello with nothing, then beats each five seconds; starting twice is starting once', () => {
    const { desk, last, timers, fire, sockets, state: now } = live();
    desk.start();
    expect(sockets).toHaveLength(1);
    expect(timers.map(({ ms }) => ms)).toEqual([5000]);
    fire();
    expect(last().said).toEqual([{ kind: 'hello', stream: null, lastSeq: null }, { kind: 'heartbeat' }]);
    expect(timers).toHaveLength(1);
    expect(now()).toMatchObject({ link: 'live', skewMs: 400 });
  });

  it('comes back by itself, later each time, with what it has', () => {
    const { last, timers, fire, tell, state: now } = live();
    tell(state(8, { kind: 'available' }));
    last().listener.onClosed(1006);
    expect(now().link).toBe('lost');
    expect(now().snapshot?.me.state.kind).toBe('available');
    expect(timers.map(({ ms }) => ms)).toEqual([500]);
    fire();
    last().listener.onClosed(1006);
    expect(timers.map(({ ms }) => ms)).toEqual([1000]);
    fire();
    expect(now().link).toBe('lost');
    last().listener.onOpen();
    expect(last().said).toEqual([{ kind: 'hello', stream: 's', lastSeq: 8 }]);
    tell(hello(8, false));
    expect(now().link).toBe('live');
  });

  it('asks for everything anew when a message is missing', () => {
    const { last, tell, timers } = live();
    tell(state(9, { kind: 'available' }));
    expect(last().said.at(-1)).toEqual({ kind: 'hello', stream: null, lastSeq: null });
    expect(timers).toHaveLength(1);
  });

  it('stays away when another page took over, until it is told to take the agent back', () => {
    const { desk, last, tell, timers, sockets, state: now } = live();
    tell({ type: 'superseded', seq: 7, eventId: 's.superseded', at: 1000, data: {} });
    last().listener.onClosed(4409);
    expect(now().link).toBe('superseded');
    expect(timers).toEqual([]);
    desk.start();
    expect(sockets).toHaveLength(2);
    expect(now().link).toBe('connecting');
  });

  it('waits for somebody to make the user an agent', () => {
    const { last, timers, fire, sockets, state: now } = live();
    last().listener.onClosed(4404);
    expect(now().link).toBe('no-agent');
    expect(timers.map(({ ms }) => ms)).toEqual([4000]);
    fire();
    expect(sockets).toHaveLength(2);
  });

  it('tells that the login is over, and hears nothing after it was stopped', () => {
    const over = live();
    over.last().listener.onClosed(4401);
    expect(over.loggedOut()).toBe(1);
    const { desk, last, state: now } = live();
    const { listener } = last();
    desk.stop();
    expect(last().closed).toBe(true);
    listener.onText(JSON.stringify(hello(9)));
    listener.onClosed(1006);
    expect(now()).toEqual(NO_DESK);
  });
});
