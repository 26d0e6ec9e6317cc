import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage, type Stage, startEngine } from '../kit/engine.ts';

const ASK = 'Please press one. [3s]';
const FLOW = `
flow: main
title: { tr: Deneme, en: Test }
start: ask
nodes:
  ask: { type: menu, prompt: { text: { tr: x, en: "${ASK}" } }, options: { 1: bye }, firstDigit: 60s }
  bye: { type: hangup, prompt: { text: { tr: x, en: Thank you and goodbye } } }
`;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ flows: { main: FLOW } });
});
afterAll(() => stage?.close());

const flowFile = (): string => path.join(stage.asterisk.config.places.data, 'flows', 'main.yaml');
const said = (log: readonly Record<string, unknown>[]): string => log.map(({ msg }) => String(msg)).join('\n');

async function health(): Promise<{ status: number; body: Record<string, string> }> {
  const response = await fetch(`${stage.engine().url}/health`);
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

/** Asks again until it fits: the engine keeps trying by itself, and nothing tells a test when it has. */
async function until(fits: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await fits())) {
    if (Date.now() > end) throw new Error(`it never came to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

it('a broken flow file is named with line and remedy, and calls go on with the newest good release', async () => {
  writeFileSync(flowFile(), FLOW.replace('options: { 1: bye }', 'options: { 1: nowhere }'));
  await stage.engine().stop();
  const engine = await stage.startEngine();
  expect(said(engine.log)).toMatch(/main\.yaml:6:\d+ .*nowhere/);
  const caller = await stage.call();
  await caller.hears(ASK);
  await caller.press('1');
  await caller.hears('Thank you and goodbye');
  writeFileSync(flowFile(), FLOW);
});

it('YAML that is none is named with its line', async () => {
  writeFileSync(flowFile(), `${FLOW}  broken: [`);
  await stage.engine().stop();
  const engine = await stage.startEngine();
  expect(said(engine.log)).toMatch(/main\.yaml:\d+:\d+ /);
  expect((await health()).body['engine']).toBe('ok');
  writeFileSync(flowFile(), FLOW);
  await stage.engine().stop();
  await stage.startEngine();
});

it('a wrong ARI password is said, the engine stays up and tries on', async () => {
  await stage.engine().stop();
  const engine = await startEngine(stage.asterisk, { SANTRAL_ARI_PASSWORD: 'wrong' });
  try {
    await until(async () => said(engine.log).includes('password'), 'the log tells of the password');
    const answer = await fetch(`${engine.url}/health`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ engine: 'ok', asterisk: 'down', database: 'ok' });
  } finally {
    await engine.stop();
    await stage.startEngine();
  }
});

it('a port that is in use is named with its setting', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as { port: number };
  try {
    await stage.engine().stop();
    await expect(startEngine(stage.asterisk, { SANTRAL_HTTP_PORT: String(port) })).rejects.toThrow(/SANTRAL_HTTP_PORT/);
  } finally {
    holder.close();
    await stage.startEngine();
  }
});

it('behaviour 47: Asterisk stops in mid-call: the call is closed with its reason, and when Asterisk is back calls work again', async () => {
  const caller = await stage.call();
  await caller.hears(ASK);
  await stage.asterisk.halt('kill');
  await until(async () => (await health()).body['asterisk'] !== 'ok', 'health tells that Asterisk is away');
  await stage.asterisk.restart();
  await until(async () => (await health()).status === 200, 'health is well again');
  const log = stage.engine().log;
  await until(
    async () => log.some(({ termination }) => (termination as { kind?: string } | undefined)?.kind === 'asterisk-lost'),
    'the call is closed as lost',
  );
  const next = await stage.call();
  await next.hears(ASK);
  await next.press('1');
  await next.hears('Thank you and goodbye');
});
