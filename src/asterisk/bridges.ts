import { hasCode } from '../domain/errors.ts';
import type { Telephony } from '../ports/telephony.ts';
import { isRaw, textOf } from './channel-info.ts';
import { type Command, orGone } from './command.ts';
import { isMonitors } from './monitors.ts';

type Bridges = Pick<Telephony, 'createBridge' | 'addToBridge' | 'removeFromBridge' | 'destroyBridge' | 'listBridges'>;

/** Bridges. Adding and removing wait for the channel's own thread: stop its prompt first. */
export function bridgeCommands(command: Command): Bridges {
  return {
    async createBridge(bridgeId, kind = 'mixing') {
      // Left to itself, Asterisk hands packets on past its core, with the other side's sequence numbers. When the talk is
      // over ours come again, and a peer that takes them for old packets hears nothing of the flow (seen: an Asterisk).
      await command('bridges.createWithId', bridgeId, { bridgeId, type: kind === 'holding' ? 'holding' : 'mixing,proxy_media' });
    },
    async addToBridge(bridgeId, channelIds, kind = 'mixing') {
      // Without this role a holding bridge plays nothing to whom it holds (tried on 22.10.1: not one packet).
      const role = kind === 'holding' ? 'holding_participant' : undefined;
      await command('bridges.addChannel', bridgeId, { bridgeId, channel: channelIds.join(','), role });
    },
    async removeFromBridge(bridgeId, channel) {
      try {
        await command('bridges.removeChannel', bridgeId, { bridgeId, channel });
      } catch (error) {
        // 422: the channel is not in this bridge, which is what was wanted.
        if (!hasCode(error, 'telephony.conflict') || error.details['status'] !== 422) throw error;
      }
    },
    destroyBridge: (bridgeId) => orGone(command('bridges.destroy', bridgeId, { bridgeId })),
    async listBridges() {
      const bridges = await command('bridges.list', '', {});
      return (Array.isArray(bridges) ? bridges : [])
        .filter(isRaw)
        .map((raw) => ({ id: textOf(raw['id']), channelIds: Array.isArray(raw['channels']) ? raw['channels'].map(String) : [] }))
        .filter(({ id }) => !isMonitors(id));
    },
  };
}
