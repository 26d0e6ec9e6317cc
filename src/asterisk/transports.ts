import { openOwnTransport } from './own-transport.ts';
import type { AriTransport, TransportOptions } from './transport.ts';

/** The registry of ways to Asterisk: the setting's value and how to open it. */
const TRANSPORTS = { own: openOwnTransport } as const satisfies Record<string, (options: TransportOptions) => AriTransport>;

/** The way that SANTRAL_ARI_CLIENT asks for. */
export function openTransport(name: keyof typeof TRANSPORTS): (options: TransportOptions) => AriTransport {
  return TRANSPORTS[name];
}
