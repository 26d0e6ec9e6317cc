import { type EventSocket, openEventSocket } from './event-socket.ts';
import { openHttpCommands } from './http-commands.ts';
import type { AriTransport, TransportOptions } from './transport.ts';

/** Our own thin client: an undici pool for commands and one WebSocket for events. */
export function openOwnTransport(options: TransportOptions): AriTransport {
  const commands = openHttpCommands(options);
  let events: EventSocket | undefined;
  return {
    kind: 'own',
    prepare: async () => undefined,
    request: (operation, params, body) => commands.request(operation, params, body),
    listen(handlers) {
      events = openEventSocket(options, handlers);
      return events.opened;
    },
    ping: () => events?.ping(),
    drop() {
      events?.cut();
      events = undefined;
    },
    async close() {
      const socket = events;
      events = undefined;
      await Promise.all([socket?.close(), commands.close()]);
    },
  };
}
