import { hasCode } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Telephony, TelephonyEvent } from '../ports/telephony.ts';
import { type Command, orGone } from './command.ts';
import { timedOut } from './errors.ts';

/** Channels and bridges of recordings: nobody but this file knows them. */
const PREFIX = 'mon_';

interface Monitors extends Pick<Telephony, 'monitor' | 'stopMonitor' | 'isMonitored'> {
  /** True for an event of a listener's own: it is told to nobody else. */
  takes(event: TelephonyEvent): boolean;
}

export function isMonitors(id: string): boolean {
  return id.startsWith(PREFIX);
}

/**
 * Recording of a call's channel, begun and ended at any moment without the call noticing (tried on 22.10.1: begins within
 * 10 ms, both sides lie within 60 ms of their times, also where a phone sends nothing while nobody speaks). Two snoop
 * channels listen, one to each side. ARI's own recording of a snoop channel writes one side, and no time passes in its file
 * while nothing is played to the caller; so the first of them runs MixMonitor (extensions.conf, [monitor]), which keeps
 * both sides in step, and a bridge brings it what the second one hears. All of it lives in Asterisk: the recording goes on
 * while the engine is away, and ends with the channel.
 */
export function monitorCommands(command: Command, app: string, clock: Pick<Clock, 'setTimer'>, timeoutMs: number): Monitors {
  const awaited = new Map<string, () => void>();

  /** Resolves when the listener is in the application's hands (again). */
  function entered(id: string): Promise<void> {
    const there = new Promise<void>((resolve, reject) => {
      const cancel = clock.setTimer(timeoutMs, () => {
        awaited.delete(id);
        reject(timedOut('channels.snoopChannelWithId', timeoutMs, true));
      });
      awaited.set(id, () => {
        awaited.delete(id);
        cancel();
        resolve();
      });
    });
    // What failed meanwhile is told by its command.
    there.catch(() => undefined);
    return there;
  }

  const listen = (channelId: string, snoopId: string, spy: 'in' | 'out'): Promise<unknown> =>
    command('channels.snoopChannelWithId', channelId, { channelId, snoopId, spy, whisper: 'none', app, appArgs: 'monitor' });

  async function begin(channelId: string, name: string): Promise<void> {
    const { left, right, bridge } = partsOf(name);
    const both = [entered(left), entered(right)];
    await Promise.all([listen(channelId, left, 'in'), listen(channelId, right, 'out')]);
    await Promise.all(both);
    const again = entered(left);
    await command('channels.continueInDialplan', left, { channelId: left, context: 'monitor', extension: name, priority: 1 });
    await again;
    await command('bridges.createWithId', bridge, { bridgeId: bridge, type: 'mixing' });
    await command('bridges.addChannel', bridge, { bridgeId: bridge, channel: `${left},${right}` });
  }

  async function stopMonitor(name: string): Promise<void> {
    const { left, right, bridge } = partsOf(name);
    const gone = (channelId: string) => orGone(command('channels.hangup', channelId, { channelId, reason: 'normal' }));
    await Promise.all([gone(left), gone(right), orGone(command('bridges.destroy', bridge, { bridgeId: bridge }))]);
  }

  return {
    async monitor(channelId, name) {
      try {
        await begin(channelId, name);
      } catch (error) {
        await stopMonitor(name).catch(() => undefined);
        throw error;
      }
    },
    stopMonitor,
    async isMonitored(name) {
      const { left } = partsOf(name);
      try {
        await command('channels.get', left, { channelId: left });
        return true;
      } catch (error) {
        if (hasCode(error, 'telephony.gone')) return false;
        throw error;
      }
    },
    takes(event) {
      const id = event.kind === 'started' ? event.channel.id : event.channelId;
      if (!isMonitors(id)) return false;
      if (event.kind === 'started') awaited.get(id)?.();
      return true;
    },
  };
}

/** The listener of the left side, that of the right side, and what joins them. */
function partsOf(name: string) {
  return { left: `${PREFIX}${name}_l`, right: `${PREFIX}${name}_r`, bridge: `${PREFIX}${name}` };
}
