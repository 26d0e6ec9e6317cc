import { createHash, randomBytes } from 'node:crypto';
import { createSocket, type RemoteInfo } from 'node:dgram';

/** How long a registration may take. */
const PATIENCE_MS = 5000;

export interface DeskPhoneAccount {
  readonly username: string;
  readonly password: string;
}

export interface DeskPhone {
  /** Unregisters and closes. */
  stop(): Promise<void>;
}

/**
 * A desk phone's signalling: registers an account at the engine's Asterisk, proves itself by digest, and hands what comes
 * there on to the house of phones, where somebody answers (`house.expect(number, …)`). Dumb in between: packets pass as they are.
 */
export async function registerDeskPhone(
  { username, password }: DeskPhoneAccount,
  { enginePort, housePort, number }: { readonly enginePort: number; readonly housePort: number; readonly number: string },
): Promise<DeskPhone> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  const callId = `${randomBytes(8).toString('hex')}@127.0.0.1`;
  const tag = randomBytes(4).toString('hex');
  const uri = `sip:127.0.0.1:${enginePort}`;
  let sequence = 0;
  let answer: (message: string) => void = () => undefined;

  socket.on('message', (data: Buffer, from: RemoteInfo) => {
    const text = data.toString('latin1');
    if (from.port === enginePort && text.includes(callId)) return answer(text);
    socket.send(data, from.port === enginePort ? housePort : enginePort, '127.0.0.1');
  });

  function ask(expires: number, proof = ''): Promise<string> {
    sequence += 1;
    const message = [
      `REGISTER ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};rport;branch=z9hG4bK${randomBytes(6).toString('hex')}`,
      'Max-Forwards: 70',
      `From: <sip:${username}@127.0.0.1>;tag=${tag}`,
      `To: <sip:${username}@127.0.0.1>`,
      `Call-ID: ${callId}`,
      `CSeq: ${sequence} REGISTER`,
      `Contact: <sip:${number}@127.0.0.1:${port}>`,
      `Expires: ${expires}`,
      ...(proof === '' ? [] : [`Authorization: ${proof}`]),
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the registration was not answered')), PATIENCE_MS);
      answer = (text) => {
        clearTimeout(timer);
        resolve(text);
      };
      socket.send(message, enginePort, '127.0.0.1');
    });
  }

  async function register(expires: number): Promise<void> {
    const challenge = await ask(expires);
    const answered = challenge.startsWith('SIP/2.0 401') ? await ask(expires, proofOf(challenge)) : challenge;
    if (!answered.startsWith('SIP/2.0 200')) throw new Error(`the registration was refused: ${answered.split('\r\n')[0]}`);
  }

  function proofOf(challenge: string): string {
    const part = (name: string): string => new RegExp(`${name}="?([^",\\r]+)`).exec(challenge)?.[1] ?? '';
    const [realm, nonce, opaque] = [part('realm'), part('nonce'), part('opaque')];
    const cnonce = randomBytes(4).toString('hex');
    const ha1 = md5(`${username}:${realm}:${password}`);
    const response = md5(`${ha1}:${nonce}:00000001:${cnonce}:auth:${md5(`REGISTER:${uri}`)}`);
    const quoted = { username, realm, nonce, uri, response, cnonce, ...(opaque === '' ? {} : { opaque }) };
    const fields = Object.entries(quoted).map(([name, value]) => `${name}="${value}"`);
    return `Digest ${[...fields, 'algorithm=MD5', 'qop=auth', 'nc=00000001'].join(', ')}`;
  }

  await register(300);
  return {
    async stop() {
      await register(0).catch(() => undefined);
      await new Promise<void>((resolve) => void socket.close(resolve));
    },
  };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
