import type { Telephony } from '../../ports/telephony.ts';
import type { Metrics } from './metrics.ts';
import { type Stopwatch, timed } from './outcome.ts';

/** The same telephony, with each command's time and outcome counted. */
export function meterTelephony(
  telephony: Telephony,
  metrics: Pick<Metrics, 'telephonyCommand'>,
  now: Stopwatch = () => performance.now(),
): Telephony {
  function meter<A extends readonly unknown[], R>(name: string, command: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
    const tell = (ms: number, outcome: Parameters<Metrics['telephonyCommand']>[2]): void => metrics.telephonyCommand(name, ms, outcome);
    return (...args) => timed(() => command(...args), tell, now);
  }

  return {
    start: () => telephony.start(),
    stop: () => telephony.stop(),
    connection: () => telephony.connection(),
    listen: (listener) => telephony.listen(listener),
    answer: meter('answer', (id) => telephony.answer(id)),
    hangup: meter('hangup', (id, cause) => telephony.hangup(id, cause)),
    ring: meter('ring', (id, on) => telephony.ring(id, on)),
    play: meter('play', (id, playback, media) => telephony.play(id, playback, media)),
    stopPlayback: meter('stopPlayback', (id) => telephony.stopPlayback(id)),
    record: meter('record', (id, request) => telephony.record(id, request)),
    stopRecording: meter('stopRecording', (name) => telephony.stopRecording(name)),
    originate: meter('originate', (request) => telephony.originate(request)),
    createBridge: meter('createBridge', (...args) => telephony.createBridge(...args)),
    addToBridge: meter('addToBridge', (...args) => telephony.addToBridge(...args)),
    removeFromBridge: meter('removeFromBridge', (id, channel) => telephony.removeFromBridge(id, channel)),
    destroyBridge: meter('destroyBridge', (id) => telephony.destroyBridge(id)),
    listChannels: meter('listChannels', () => telephony.listChannels()),
    listBridges: meter('listBridges', () => telephony.listBridges()),
    putWebEndpoint: meter('putWebEndpoint', (name, secret) => telephony.putWebEndpoint(name, secret)),
    removeWebEndpoint: meter('removeWebEndpoint', (name) => telephony.removeWebEndpoint(name)),
    putSipEndpoint: meter('putSipEndpoint', (account) => telephony.putSipEndpoint(account)),
    removeSipEndpoint: meter('removeSipEndpoint', (name) => telephony.removeSipEndpoint(name)),
    isReachable: meter('isReachable', (name) => telephony.isReachable(name)),
    mute: meter('mute', (id, on) => telephony.mute(id, on)),
    music: meter('music', (id, name) => telephony.music(id, name)),
    heedTalk: meter('heedTalk', (id, pauseMs) => telephony.heedTalk(id, pauseMs)),
    spy: meter('spy', (...args) => telephony.spy(...args)),
    monitor: meter('monitor', (id, name) => telephony.monitor(id, name)),
    stopMonitor: meter('stopMonitor', (name) => telephony.stopMonitor(name)),
    isMonitored: meter('isMonitored', (name) => telephony.isMonitored(name)),
    sendKeys: meter('sendKeys', (id, keys) => telephony.sendKeys(id, keys)),
  };
}
