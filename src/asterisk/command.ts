import { hasCode, SantralError } from '../domain/errors.ts';
import type { ConnectionState } from '../ports/telephony.ts';
import { disconnected, errorOfReply } from './errors.ts';
import type { OperationName, Params } from './operations.ts';
import type { AriTransport } from './transport.ts';

/** Sends one command and gives its answer's body, or rejects with a SantralError. `subject` names the thing in messages. */
export type Command = (operation: OperationName, subject: string, params: Params, body?: object) => Promise<unknown>;

/** Commands while there is no connection reject at once: nobody waits for what can't be done. */
export function commandsOver(transport: AriTransport, ready: () => boolean, state: () => ConnectionState): Command {
  return async (operation, subject, params, body) => {
    if (!ready()) {
      const now = state();
      throw disconnected(now.kind === 'down' ? `No connection to Asterisk: ${now.reason}` : 'No connection to Asterisk');
    }
    const reply = await transport.request(operation, params, body);
    if (reply.status >= 300) throw errorOfReply(operation, subject, reply);
    return reply.body;
  };
}

/** For commands whose aim is that a thing be gone: it is. */
export async function orGone(command: Promise<unknown>): Promise<void> {
  try {
    await command;
  } catch (error) {
    if (!hasCode(error, 'telephony.gone')) throw error;
  }
}

/** Refused by ourselves, before Asterisk would misunderstand it. */
export function refuse(message: string): never {
  throw new SantralError('telephony.refused', message);
}
