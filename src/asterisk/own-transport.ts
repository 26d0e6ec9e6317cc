import { openEventSocket, type TwoWaySocket } from './event-socket.ts';
import { openHttpCommands } from './http-commands.ts';
import { openSocketCommands } from './socket-commands.ts';
import type { AriTransport, TransportOptions } from './transport.ts';

/** Our own thin client: one WebSocket for events and quick commands, and an undici pool for the commands that may take long. */
export function openOwnTransport(options: TransportOptions): AriTransport {
  const commands = openHttpCommands(options);
  const quick = openSocketCommands(options, (text) => events?.send(text) === true);
  let events: TwoWaySocket | undefined;
  return {
    kind: 'own',
    prepare: async () => undefined,
    request: (operation, params, body) => quick.request(operation, params, body) ?? commands.request(operation, params, body),
    listen(handlers) {
      const onClosed = (why: string): void => {
        quick.lost(why);
        handlers.onClosed(why);
      };
      events = openEventSocket(options, { ...handlers, onClosed }, quick.isAnswer);
      return events.opened;
    },
    ping: () => events?.ping(),
    drop() {
      events?.cut();
      events = undefined;
      quick.lost('The event socket was given up');
    },
    async close() {
      const socket = events;
      events = undefined;
      quick.lost('The way to Asterisk is closed');
      await Promise.all([socket?.close(), commands.close()]);
    },
  };
}
