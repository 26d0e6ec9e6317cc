/** The parts of smpp 0.5 that are used; it brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer } from 'node:net';

  export interface Pdu {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly [field: string]: unknown;
    response(fields?: { readonly [field: string]: unknown }): Pdu;
  }
  type Command = (fields: { readonly [field: string]: unknown }, answered?: (pdu: Pdu) => void) => boolean;

  export interface Session extends EventEmitter {
    bind_transceiver: Command;
    submit_sm: Command;
    enquire_link: Command;
    unbind: Command;
    send(pdu: Pdu): boolean;
    destroy(): void;
  }

  export interface Server extends NetServer {
    readonly sessions: readonly Session[];
  }

  const smpp: {
    connect(options: { readonly url: string }): Session;
    createServer(listener: (session: Session) => void): Server;
    readonly errors: { readonly [name: string]: number };
  };
  export default smpp;
}
