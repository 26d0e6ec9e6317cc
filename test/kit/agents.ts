import { type Ask, asAdmin } from './api.ts';
import { type DeskPhone, registerDeskPhone } from './desk-phone.ts';
import type { Stage } from './engine.ts';
import type { Visitor } from './phone-house.ts';

/** An agent of a test: does what its page would do, over the API, and has a telephone in the house. */
export interface TestAgent {
  readonly id: string;
  /** Of its token. */
  readonly secret: string;
  /** The telephone at which somebody answers. */
  readonly number: string;
  /** Asks the API as this agent; rejects unless it goes well. */
  do(path: string, body?: object): Promise<Record<string, unknown>>;
  state(): Promise<{ readonly kind: string; readonly reason?: string }>;
  /** Asks the API as this user, below /api/v1. */
  ask(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  /** What its page shows. */
  snapshot(): Promise<Record<string, unknown>>;
  /** The next call at the telephone. */
  visitor(): Promise<Visitor>;
}

export interface AgentOffice {
  readonly admin: Ask;
  /** A user who is an agent, with a desk phone that is registered, or an outside number. */
  agent(name: string, options: AgentOptions): Promise<TestAgent>;
  floor(): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

export interface AgentOptions {
  readonly number: string;
  readonly queues: readonly string[];
  readonly skills?: Readonly<Record<string, number>>;
  readonly outside?: boolean;
  /** Default: agent. */
  readonly role?: 'agent' | 'supervisor';
}

const JSON_TYPE = { 'content-type': 'application/json' };

export async function openOffice(stage: Stage): Promise<AgentOffice> {
  const admin = await asAdmin(stage.engine());
  const phones: DeskPhone[] = [];
  const housePort = Number(stage.house.sip.split(':')[1]);

  async function send(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const init = { method, ...(body === undefined ? {} : { headers: JSON_TYPE, body: JSON.stringify(body) }) };
    return answerOf(await admin(`/api/v1${path}`, init), path);
  }

  return {
    admin,
    floor: () => send('GET', '/floor'),
    async agent(name, { number, queues, skills = {}, outside = false, role = 'agent' }) {
      const { user } = (await send('POST', '/users', { name, role })) as { user: { id: string } };
      const { secret } = (await send('POST', `/users/${user.id}/tokens`, { label: 'test', days: 1 })) as { secret: string };
      const profile = { displayName: name, language: 'en', skills, queues };
      await send('PUT', `/agents/${user.id}`, profile);
      if (outside) await send('PUT', `/agents/${user.id}`, { ...profile, place: { kind: 'outside', number } });
      else {
        const { username = '', password = '' } = (await send('POST', `/agents/${user.id}/phone`)) as {
          username?: string;
          password?: string;
        };
        phones.push(await registerDeskPhone({ username, password }, { enginePort: stage.asterisk.sipPort, housePort, number }));
        await send('PUT', `/agents/${user.id}`, { ...profile, place: { kind: 'sip', extension: username } });
      }
      const headers = { authorization: `Bearer ${secret}` };
      const ask = async (method: string, path: string, body?: object) => {
        const init = { method, headers: { ...headers, ...(body === undefined ? {} : JSON_TYPE) } };
        const answer = await fetch(
          `${stage.engine().url}/api/v1${path}`,
          body === undefined ? init : { ...init, body: JSON.stringify(body) },
        );
        return answerOf(answer, path);
      };
      return {
        id: user.id,
        ...{ number, secret },
        do: (path, body = {}) => ask('POST', `/agent/${path}`, body),
        ask,
        state: async () => ((await ask('GET', '/agent')) as { me: { state: { kind: string } } }).me.state,
        snapshot: () => ask('GET', '/agent'),
        visitor: () => stage.house.visitor(number),
      };
    },
    async stop() {
      for (const phone of phones) await phone.stop();
    },
  };
}

async function answerOf(answer: Response, path: string): Promise<Record<string, unknown>> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
