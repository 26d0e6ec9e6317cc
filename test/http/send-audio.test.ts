import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { sendAudio } from '../../src/http/send-audio.ts';

const apps: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

interface Sign {
  readonly seen: Promise<void>;
  readonly give: () => void;
}

function sign(): Sign {
  let give: () => void = () => undefined;
  const seen = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { seen, give: () => give() };
}

/** Answers with `read`, and gives the address. */
async function serve(size: number, read: () => AsyncIterable<Uint8Array>, gone: () => void = () => undefined): Promise<string> {
  const app = Fastify();
  apps.push(app);
  app.get('/', async (asked, reply) => {
    asked.raw.socket.once('close', gone);
    await sendAudio({ request: asked, reply }, { size, read }, 'a');
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`;
}

it('lets go of the file when the listener is gone before the first byte', async () => {
  const [reading, gone, closed] = [sign(), sign(), sign()];
  async function* read(): AsyncIterable<Uint8Array> {
    try {
      reading.give();
      await gone.seen;
      for (;;) yield Buffer.alloc(1000);
    } finally {
      closed.give();
    }
  }
  const client = request(await serve(1e9, read, gone.give));
  client.on('error', () => undefined);
  client.end();
  await reading.seen;
  client.destroy();
  await closed.seen;
});

it('lets go of the file when the listener leaves in the middle', async () => {
  const closed = sign();
  async function* read(): AsyncIterable<Uint8Array> {
    try {
      for (;;) yield Buffer.alloc(1000);
    } finally {
      closed.give();
    }
  }
  const client = request(await serve(1e9, read));
  client.on('error', () => undefined);
  client.on('response', (answer) => answer.once('data', () => client.destroy()));
  client.end();
  await closed.seen;
});

it('sends every piece, the first one too', async () => {
  async function* read(): AsyncIterable<Uint8Array> {
    yield Buffer.from('ab');
    yield Buffer.from('cd');
  }
  const answer = await fetch(await serve(4, read));
  expect([answer.status, await answer.text()]).toEqual([200, 'abcd']);
});
