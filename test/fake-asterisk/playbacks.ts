import { type FakeChannel, type FakePlayback, type FakeState, playbackJson, type Reply } from './model.ts';

/** POST /channels/ID/play/ID: an id in use is not refused; the second one queues like any other (measured). */
export function play(state: FakeState, channel: FakeChannel, id: string, media: readonly string[]): Reply {
  if (media.length === 0 || media[0] === '') return { status: 500, body: { message: 'Failed to queue media for playback' } };
  const playback: FakePlayback = { id, channel, media, index: 0, state: 'queued', stop: () => undefined };
  // Stopped while it waits: it ends in its turn, unheard.
  playback.stop = () => {
    playback.state = 'done';
  };
  state.playbacks.set(id, playback);
  const answer = playbackJson(playback);
  channel.thread.add(jobOf(state, playback));
  return { status: 201, body: answer };
}

export function stopPlayback(state: FakeState, id: string): Reply {
  const playback = state.playbacks.get(id);
  if (playback === undefined) return { status: 404, body: { message: 'Playback not found' } };
  playback.stop();
  return { status: 204 };
}

function jobOf(state: FakeState, playback: FakePlayback) {
  let cancel: () => void = () => undefined;
  let over = false;
  let hush: (complete: boolean) => void = () => undefined;

  function end(how: 'done' | 'failed', finish: () => void): void {
    if (over) return;
    over = true;
    cancel();
    playback.state = how;
    if (state.playbacks.get(playback.id) === playback) state.playbacks.delete(playback.id);
    state.emit({ type: 'PlaybackFinished', playback: playbackJson(playback) });
    finish();
  }

  function item(finish: () => void): void {
    playback.state = 'playing';
    state.emit({ type: 'PlaybackStarted', playback: playbackJson(playback) });
    const uri = playback.media[playback.index] ?? '';
    const last = playback.index === playback.media.length - 1;
    const length = lengthOf(state, uri);
    const onward = (ok: boolean) => {
      if (over) return;
      if (last) return end(ok ? 'done' : 'failed', finish);
      // A missing file in mid-list looks like success.
      playback.state = 'continuing';
      state.emit({ type: 'PlaybackContinuing', playback: playbackJson(playback) });
      playback.index += 1;
      item(finish);
    };
    if (length.kind === 'silent-end') {
      // A bad scheme or a missing recording as last item never sends PlaybackFinished.
      if (!last) return onward(true);
      over = true;
      state.playbacks.delete(playback.id);
      return finish();
    }
    if (length.kind === 'missing') return onward(false);
    hush = playback.channel.phone.listens(uri.replace(/^sound:/, ''));
    if (length.kind === 'ms')
      cancel = state.time.setTimer(length.ms, () => {
        hush(true);
        onward(true);
      });
  }

  return {
    start(finish: () => void) {
      if (playback.state === 'done') return end('done', finish);
      playback.stop = () => {
        hush(false);
        end('done', finish);
      };
      item(finish);
    },
    abort() {
      hush(false);
      end('failed', () => undefined);
    },
  };
}

type Length =
  | { readonly kind: 'ms'; readonly ms: number }
  | { readonly kind: 'endless' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'silent-end' };

function lengthOf(state: FakeState, uri: string): Length {
  if (uri.startsWith('tone:')) return { kind: 'endless' };
  if (!uri.startsWith('sound:')) return { kind: 'silent-end' };
  const ms = state.durationOf(uri.slice('sound:'.length));
  return ms === undefined ? { kind: 'missing' } : { kind: 'ms', ms };
}
