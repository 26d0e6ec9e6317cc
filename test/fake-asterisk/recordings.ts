import type { FakeChannel, FakeRecording, FakeState, Reply } from './model.ts';

export interface RecordingWish {
  readonly name: string;
  readonly format: string;
  readonly maxSeconds: number;
  readonly silenceSeconds: number;
  readonly ifExists: string;
  readonly beep: boolean;
  readonly terminateOn: string;
}

const BEEP_MS = 400;

/** POST /channels/ID/record. In a bridge it is taken and fails in its turn (measured). */
export function record(state: FakeState, channel: FakeChannel, wish: RecordingWish): Reply {
  if (wish.name === '') return { status: 400, body: { message: 'Missing name' } };
  if (wish.format !== 'wav') return { status: 422, body: { message: 'specified format is unknown on this system' } };
  if (wish.name.includes('..')) return { status: 500, body: { message: 'Error parsing request' } };
  if (state.recordings.has(wish.name) || (wish.ifExists === 'fail' && state.stored.has(wish.name)))
    return { status: 409, body: { message: `Recording '${wish.name}' already exists and can not be overwritten` } };
  const recording: FakeRecording = { name: wish.name, channel, state: 'queued', stop: () => undefined };
  state.recordings.set(wish.name, recording);
  channel.thread.add(jobOf(state, recording, wish));
  return { status: 201, body: recordingJson(recording, wish) };
}

export function stopRecording(state: FakeState, name: string): Reply {
  const recording = state.recordings.get(name);
  if (recording === undefined) return { status: 404, body: { message: 'Recording not found' } };
  recording.stop();
  return { status: 204 };
}

function jobOf(state: FakeState, recording: FakeRecording, wish: RecordingWish) {
  const { channel } = recording;
  const cancels: (() => void)[] = [];
  let over = false;
  let began = 0;

  function end(finish: () => void): void {
    if (over) return;
    over = true;
    for (const cancel of cancels) cancel();
    recording.state = 'done';
    state.recordings.delete(recording.name);
    state.stored.add(recording.name);
    const total = state.time.now() - began;
    const silence = silenceAt(state, channel, began);
    // As main/app.c counts: whole seconds, and of the silence all but 200 ms, rounded down once more.
    const whole = Math.floor(total / 1000);
    const heard = Math.max(0, whole - (wish.silenceSeconds > 0 ? Math.trunc((silence - 200) / 1000) : 0));
    const lengths = wish.silenceSeconds > 0 ? { talking_duration: heard, silence_duration: 0 } : {};
    state.emit({ type: 'RecordingFinished', recording: { ...recordingJson(recording, wish), duration: heard, ...lengths } });
    finish();
  }

  function watchSilence(finish: () => void): void {
    const left = wish.silenceSeconds * 1000 - silenceAt(state, channel, began);
    if (left <= 0) return end(finish);
    cancels.push(state.time.setTimer(left, () => watchSilence(finish)));
  }

  return {
    start(finish: () => void) {
      if (channel.bridge !== null) return fail('Cannot record channel while in bridge', finish);
      recording.state = 'recording';
      recording.stop = () => end(finish);
      began = state.time.now();
      state.emit({ type: 'RecordingStarted', recording: recordingJson(recording, wish) });
      const go = () => {
        if (over) return;
        began = state.time.now();
        cancels.push(
          channel.phone.onKey((key) => {
            if (wish.terminateOn === key || wish.terminateOn === 'any') end(finish);
          }),
        );
        if (wish.maxSeconds > 0) cancels.push(state.time.setTimer(wish.maxSeconds * 1000, () => end(finish)));
        if (wish.silenceSeconds > 0) watchSilence(finish);
      };
      if (wish.beep) cancels.push(state.time.setTimer(BEEP_MS, go));
      else go();
    },
    abort: () => end(() => undefined),
  };

  function fail(cause: string, finish: () => void): void {
    over = true;
    recording.state = 'failed';
    state.recordings.delete(recording.name);
    state.emit({ type: 'RecordingFailed', recording: { ...recordingJson(recording, wish), cause } });
    finish();
  }
}

/** How long the caller has been silent, at most since `began`. */
function silenceAt(state: FakeState, channel: FakeChannel, began: number): number {
  const now = state.time.now();
  return Math.max(0, now - Math.max(began, Math.min(now, channel.phone.talksUntil)));
}

function recordingJson(recording: FakeRecording, wish: RecordingWish): object {
  return { name: recording.name, format: wish.format, state: recording.state, target_uri: `channel:${recording.channel.id}` };
}
