import { createStore, type Store } from '../store.ts';
import { type CallListener, createLine, type LineNeeds } from './line.ts';
import type { Voice } from './microphone.ts';
import { IDLE_PHONE, isBusy, type PhoneState } from './states.ts';

export interface PhoneNeeds extends LineNeeds {
  readonly openVoice: () => Promise<Voice>;
  /** UTC ms. */
  readonly now: () => number;
}

/** The browser's phone: one line, and one call on it. Lives as long as the login. */
export interface Phone {
  readonly state: Pick<Store<PhoneState>, 'get' | 'subscribe'>;
  /** Idempotent. */
  start(): void;
  call(number: string): void;
  /** Takes the call that comes in. */
  answer(): void;
  /** Takes the next call that comes in within so many ms by itself; 0 takes the promise back. */
  answerNext(ms: number): void;
  /** Also refuses a call that comes in. */
  hangUp(): void;
  press(key: string): void;
  setMuted(muted: boolean): void;
  stop(): void;
}

export function createPhone(needs: PhoneNeeds): Phone {
  const store = createStore<PhoneState>(IDLE_PHONE);
  const patch = (change: Partial<PhoneState>): void => store.set({ ...store.get(), ...change });
  let voice: Voice | null = null;
  /** Raised by each call, so that a microphone that comes too late finds its call gone. */
  let turn = 0;

  /** UTC ms: until then a call that comes in is taken by itself. */
  let answersUntil = 0;

  function closeVoice(): void {
    voice?.close();
    voice = null;
  }

  const listener: CallListener = {
    onRinging() {
      const { call } = store.get();
      if (call.kind === 'calling') patch({ call: { kind: 'ringing', number: call.number } });
    },
    onIncoming(number) {
      patch({ call: { kind: 'incoming', number }, muted: false, keys: '', microphoneProblem: null, audio: null });
      if (needs.now() < answersUntil) void take();
    },
    onAnswered() {
      const { call } = store.get();
      if (call.kind === 'calling' || call.kind === 'ringing' || call.kind === 'answering')
        patch({ call: { kind: 'talking', number: call.number, since: needs.now() } });
    },
    onAudio: (audio) => patch({ audio }),
    onEnded(reason, sipCode) {
      const { call } = store.get();
      closeVoice();
      if (call.kind === 'idle' || call.kind === 'ended') return;
      const seconds = call.kind === 'talking' ? Math.round((needs.now() - call.since) / 1000) : null;
      patch({ call: { kind: 'ended', number: call.number, reason, sipCode, seconds }, muted: false, audio: null });
    },
  };
  const busy = (): boolean => isBusy(store.get().call);
  const line = createLine(needs, listener, busy, (shown) => patch({ line: shown }));

  async function place(number: string): Promise<void> {
    turn += 1;
    const mine = turn;
    patch({ call: { kind: 'microphone', number }, muted: false, keys: '', microphoneProblem: null, audio: null });
    const opened = await needs.openVoice();
    const softphone = line.softphone();
    if (mine !== turn || store.get().call.kind !== 'microphone' || softphone === null) return opened.close();
    voice = opened;
    patch({ call: { kind: 'calling', number }, microphoneProblem: opened.problem });
    softphone.call(number, opened.stream);
  }

  async function take(): Promise<void> {
    const { call } = store.get();
    if (call.kind !== 'incoming') return;
    answersUntil = 0;
    turn += 1;
    const mine = turn;
    patch({ call: { kind: 'answering', number: call.number } });
    const opened = await needs.openVoice();
    const softphone = line.softphone();
    if (mine !== turn || store.get().call.kind !== 'answering' || softphone === null) return opened.close();
    voice = opened;
    patch({ microphoneProblem: opened.problem });
    softphone.answer(opened.stream);
  }

  return {
    state: store,
    start: () => line.start(),
    call(number) {
      if (store.get().line.kind === 'ready' && !busy()) void place(number);
    },
    answer: () => void take(),
    answerNext(ms) {
      answersUntil = needs.now() + ms;
      if (ms > 0) void take();
    },
    hangUp() {
      if (store.get().call.kind === 'microphone') patch({ call: { kind: 'idle' } });
      else line.softphone()?.hangUp();
    },
    press(key) {
      if (store.get().call.kind !== 'talking') return;
      line.softphone()?.sendKey(key);
      patch({ keys: `${store.get().keys}${key}` });
    },
    setMuted(muted) {
      if (store.get().call.kind !== 'talking') return;
      line.softphone()?.setMuted(muted);
      patch({ muted });
    },
    stop() {
      line.stop();
      closeVoice();
      store.set(IDLE_PHONE);
    },
  };
}
