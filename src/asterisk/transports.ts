import { openAriClientTransport } from './ari-client-transport.ts';
import { openOwnTransport } from './own-transport.ts';
import type { AriTransport, TransportOptions } from './transport.ts';

/** By the words of SANTRAL_ARI_CLIENT. The ari-client package itself is loaded by the first connect that uses it. */
export const TRANSPORTS = {
  own: openOwnTransport,
  'ari-client': openAriClientTransport,
} as const satisfies { readonly [kind in AriTransport['kind']]: (options: TransportOptions) => AriTransport };
