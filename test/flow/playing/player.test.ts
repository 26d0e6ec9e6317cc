import { describe, expect, it } from 'vitest';
import type { Key } from '../../../src/domain/keys.ts';
import type { Deed, Happening, Played } from '../../../src/flow/playing/play.ts';
import { beginPlay, goOn } from '../../../src/flow/playing/player.ts';
import { release, TRIGGER, worldOf } from '../kit.ts';

const FLOW = `flow: main
start: welcome
variables: { code: "" }
nodes:
  welcome: { type: say, prompt: test.help, next: menu }
  menu: { type: menu, prompt: test.menu, options: { 1: code, 2: call, 3: note, 4: crm, 5: firm }, noInput: test.help, exits: { exhausted: bye } }
  code: { type: collect, prompt: test.code, into: code, digits: 4, next: read }
  read: { type: say, prompt: test.read-back, next: menu }
  call: { type: transfer, to: { extension: "100" }, next: menu, exits: { busy: bye } }
  note: { type: record, prompt: test.help, into: note, terminator: "#", next: menu }
  crm: { type: http, url: "https://crm.example/", into: answer, timeout: 5s, fillerAfter: 2s, filler: general.one-moment, next: menu, exits: { timeout: bye } }
  firm: { type: say, prompt: test.full, bargeIn: none, typeAhead: flush, next: menu }
  bye: { type: hangup, prompt: general.goodbye }
`;
const world = worldOf(release({ main: FLOW }));
const press = (keys: string, more = false): Deed => ({ kind: 'press', keys: [...keys] as Key[], more });
const heard = ({ happenings }: Played) => keysOf(happenings, 'heard');
const keysOf = (happenings: readonly Happening[], kind: 'heard' | 'unheard') =>
  happenings.flatMap((one) => (one.kind === kind ? [one.key] : []));
const begin = () => beginPlay('main', TRIGGER, world);
const playing = (...deeds: Deed[]) => deeds.reduce((played, deed) => goOn(played.play, deed, world), begin());

describe('a played call', () => {
  it('plays until the caller is asked, and tells in order what happened', () => {
    const played = begin();
    expect(heard(played)).toEqual(['test.help', 'test.menu']);
    expect(played.play.wait).toMatchObject({ kind: 'keys', typed: '' });
    expect(played.happenings.map((one) => (one.kind === 'event' ? one.event.kind : one.kind))).toEqual([
      'node-entered',
      'prompt',
      'heard',
      'exit',
      'node-entered',
      'prompt',
      'heard',
    ]);
  });

  it('is plain JSON: stored and revived it goes on as if nothing had been', () => {
    const { play } = playing(press('1'));
    const stored = JSON.parse(JSON.stringify(play)) as typeof play;
    expect(stored).toEqual(play);
    expect(goOn(stored, press('4711'), world)).toEqual(goOn(play, press('4711'), world));
  });

  it('never changes the call it was given', () => {
    const { play } = begin();
    const before = JSON.stringify(play);
    goOn(play, press('1'), world);
    expect(JSON.stringify(play)).toBe(before);
  });

  it('keeps keys pressed ahead, and what they cut is not heard', () => {
    const played = playing(press('147112'));
    expect(heard(played)).toEqual([]);
    expect(keysOf(played.happenings, 'unheard')).toEqual(['test.code', 'test.read-back', 'test.menu']);
    expect(played.play.wait).toMatchObject({ kind: 'dialling', command: { target: { extension: '100' } } });
  });

  it('throws keys away where a prompt flushes them, and plays it to its end', () => {
    const played = playing(press('512'));
    expect(heard(played)).toEqual(['test.full', 'test.menu']);
    expect(played.play.wait.kind).toBe('keys');
  });

  it('knows the catalogue key of a prompt whose text holds values', () => {
    expect(heard(playing(press('1'), press('4711')))).toEqual(['test.read-back', 'test.menu']);
  });

  it('lets the time run out after keys that are not enough, unless more may follow', () => {
    expect(playing(press('1'), press('47', true)).play.wait).toMatchObject({ kind: 'keys', typed: '47' });
    expect(playing(press('1'), press('47', true), press('11')).play.wait).toMatchObject({ kind: 'keys', typed: '' });
    expect(heard(playing(press('1'), press('47', true), { kind: 'silence' }))).toEqual(['test.code']);
    expect(heard(playing(press('1'), press('47')))).toEqual(['test.code']);
  });

  it('takes a terminator right after the full length for its end, and a later one for a key of its own (behaviour 15)', () => {
    expect(heard(playing(press('1'), press('4711#')))).toEqual(['test.read-back', 'test.menu']);
    expect(heard(playing(press('1'), press('4711', true), press('#')))).toEqual([]);
    expect(heard(playing(press('1'), press('4711'), press('#')))).toEqual(['test.menu']);
    expect(heard(playing(press('14711'), press('#')))).toEqual(['test.menu']);
  });

  it('hears the caller’s silence', () => {
    expect(heard(playing({ kind: 'silence' }))).toEqual(['test.help']);
    const gone = playing({ kind: 'silence' }, { kind: 'silence' }, { kind: 'silence' });
    expect(heard(gone)).toEqual(['general.goodbye']);
    expect(gone.play.wait).toEqual({ kind: 'ended', by: 'flow', cause: 'normal' });
  });

  it('waits for who is dialled, and is deaf meanwhile', () => {
    const ringing = playing(press('2'), press('1'));
    expect(ringing.play.wait.kind).toBe('dialling');
    const back = goOn(ringing.play, { kind: 'dialled', outcome: 'answered', sipCode: null, talkMs: 1000 }, world);
    expect(heard(back)).toEqual(['test.menu']);
    expect(goOn(ringing.play, { kind: 'dialled', outcome: 'busy', sipCode: 486, talkMs: 0 }, world).play.wait.kind).toBe('ended');
  });

  it('records, to the key that ends it or to what is said of it', () => {
    const recording = playing(press('3'));
    expect(recording.play.wait.kind).toBe('recording');
    expect(goOn(recording.play, press('5'), world).play.wait.kind).toBe('recording');
    expect(heard(goOn(recording.play, press('#'), world))).toEqual(['test.menu']);
    expect(heard(goOn(recording.play, { kind: 'recorded', outcome: { kind: 'empty' } }, world))).toEqual(['test.menu']);
  });

  it('plays the filler while an answer is late, and takes one that is too late for a timeout', () => {
    const { play } = playing(press('4'));
    const answer = (afterMs: number) => goOn(play, { kind: 'result', outcome: { kind: 'ok', value: 1 }, afterMs }, world);
    expect(heard(answer(0))).toEqual(['test.menu']);
    expect(heard(answer(2000))).toEqual(['general.one-moment', 'test.menu']);
    expect(heard(answer(5000))).toEqual(['general.one-moment', 'general.goodbye']);
    expect(
      goOn(goOn(play, press('1'), world).play, { kind: 'result', outcome: { kind: 'ok', value: 1 }, afterMs: 0 }, world).play.wait,
    ).toMatchObject({
      kind: 'keys',
      command: { spec: { match: { kind: 'digits' } } },
    });
  });

  it.each<Deed>([
    { kind: 'recorded', outcome: { kind: 'empty' } },
    { kind: 'result', outcome: { kind: 'ok', value: null }, afterMs: 0 },
    { kind: 'dialled', outcome: 'busy', sipCode: null, talkMs: 0 },
  ])('is not moved by what it does not wait for: $kind', (deed) => {
    const { play } = begin();
    expect(goOn(play, deed, world)).toEqual({ play, happenings: [] });
  });

  it('ends when the caller hangs up, and nothing happens after it', () => {
    const { play } = playing({ kind: 'hang-up' });
    expect(play).toMatchObject({
      end: { by: 'caller', cause: 'normal' },
      wait: { kind: 'ended', by: 'caller' },
      session: { status: 'ended' },
    });
    expect(goOn(play, press('1'), world)).toEqual({ play, happenings: [] });
    expect(goOn(play, { kind: 'hang-up' }, world)).toEqual({ play, happenings: [] });
  });

  it('ends a call of a flow that is not there in words', () => {
    const played = beginPlay('gone', TRIGGER, world);
    expect(heard(played)).toEqual(['general.technical-trouble']);
    expect(played.play.wait.kind).toBe('ended');
  });
});
