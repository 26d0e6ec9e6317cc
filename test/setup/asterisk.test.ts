import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestAsterisk, type TestAsterisk } from '../kit/asterisk.ts';
import { callBySip } from './sip-caller.ts';

const UNAVAILABLE_MS = 20_000;

const engines: (() => Promise<void>)[] = [];

/** An engine of few words: answers what comes, tells what it saw. */
async function engineOn(asterisk: TestAsterisk) {
  const { ariUrl, ariUser, ariPassword } = asterisk;
  const calls: { readonly id: string; readonly did: string; readonly args: readonly string[] }[] = [];
  const socket = new WebSocket(`${ariUrl.replace('http', 'ws')}/ari/events?app=santral&api_key=${ariUser}:${ariPassword}`);
  const command = (method: string, what: string) =>
    fetch(`${ariUrl}/ari/${what}${what.includes('?') ? '&' : '?'}api_key=${ariUser}:${ariPassword}`, { method });
  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as { type: string; args: string[]; channel: { id: string; dialplan: { exten: string } } };
    if (event.type !== 'StasisStart') return;
    calls.push({ id: event.channel.id, did: event.channel.dialplan.exten, args: event.args });
    void command('POST', `channels/${event.channel.id}/answer`);
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const leave = () =>
    new Promise<void>((resolve) => {
      if (socket.readyState === WebSocket.CLOSED) return resolve();
      socket.once('close', () => resolve());
      socket.close();
    });
  engines.push(leave);
  return { calls, command, leave };
}

describe('a started Asterisk', () => {
  let asterisk: TestAsterisk;
  beforeAll(async () => {
    asterisk = await startTestAsterisk({ env: { SANTRAL_HOLD_SECONDS: '2', SANTRAL_MAX_CALLS: '3', SANTRAL_MAX_CPS: '1000' } });
  });
  afterAll(() => asterisk.stop());
  // Asterisk takes a moment to let go of a channel; until then it counts among the calls, and an engine that stayed would take the next ones.
  afterEach(async () => {
    for (const leave of engines.splice(0)) await leave();
    await expect.poll(() => asterisk.rx('core show channels count'), { timeout: 10_000 }).toMatch(/^0 active channels/m);
  });

  test('has nothing to complain about, and all that modules.conf names runs', async () => {
    expect(asterisk.complaints()).toEqual([]);
    const wanted = [
      ...readFileSync(path.join(asterisk.config.places.asteriskEtc, 'modules.conf'), 'utf8').matchAll(/^(?:pre)?load = (\S+)/gm),
    ].map((found) => found[1]);
    const running = (await asterisk.rx('module show')).split('\n').filter((line) => / Running /.test(line));
    expect(wanted.filter((name) => !running.some((line) => line.startsWith(`${name} `)))).toEqual([]);
  });

  test('listens on its own ports of loopback only', async () => {
    const transports = await asterisk.rx('pjsip show transports');
    expect(transports.match(/127\.0\.0\.1:\d+/g)).toEqual(Array(3).fill(`127.0.0.1:${asterisk.sipPort}`));
    expect(await asterisk.rx('http show status')).toContain(`127.0.0.1:${asterisk.ariPort}`);
  });

  test('keeps its passwords and recordings from other users of the machine', () => {
    const { asterisk: base, asteriskEtc, secrets } = asterisk.config.places;
    expect(statSync(base).mode & 0o007).toBe(0);
    for (const file of ['ari.conf', 'pjsip.conf']) expect(statSync(path.join(asteriskEtc, file)).mode & 0o007).toBe(0);
    expect(statSync(secrets).mode & 0o077).toBe(0);
  });

  test('does not run as root', () => {
    const status = readFileSync(`/proc/${asterisk.process().pid}/status`, 'utf8');
    expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).not.toBe('0');
    expect(/^CapEff:\s+(\S+)/m.exec(status)?.[1]).toMatch(/^0+$/);
  });

  test('refuses ARI without the password', async () => {
    expect((await fetch(`${asterisk.ariUrl}/ari/channels`)).status).toBe(401);
    expect((await fetch(`${asterisk.ariUrl}/ari/channels?api_key=${asterisk.ariUser}:wrong`)).status).toBe(401);
  });

  test('gives every number to the engine, and tells it where the call came from', async () => {
    const engine = await engineOn(asterisk);
    for (const to of ['1000', '+905550000001', '*72', '%2331']) {
      const call = await callBySip({ port: asterisk.sipPort, to });
      expect(await call.final).toBe(200);
      await call.hangUp();
    }
    expect(engine.calls.map(({ did }) => did)).toEqual(['1000', '+905550000001', '*72', '#31']);
    expect(engine.calls[0]?.args).toEqual(['inbound', 'from-anonymous']);
    await engine.leave();
  });

  test('behaviour 50: sheds new calls as busy above the limit, and the running ones go on', async () => {
    const engine = await engineOn(asterisk);
    const running = await Promise.all([1, 2, 3].map(() => callBySip({ port: asterisk.sipPort, to: '1000' })));
    expect(await Promise.all(running.map(({ final }) => final))).toEqual([200, 200, 200]);
    const fourth = await callBySip({ port: asterisk.sipPort, to: '1000' });
    expect(await fourth.final).toBe(486);
    fourth.close();
    expect(engine.calls).toHaveLength(3);
    await running[0]?.hangUp();
    await expect.poll(() => asterisk.rx('core show channels count'), { timeout: 10_000 }).toMatch(/^2 active channels/m);
    const fifth = await callBySip({ port: asterisk.sipPort, to: '1000' });
    expect(await fifth.final).toBe(200);
    for (const call of [...running.slice(1), fifth]) await call.hangUp();
    await engine.leave();
  });

  test('holds a call ringing while the engine is away, and hands it over when it comes', async () => {
    const call = await callBySip({ port: asterisk.sipPort, to: '1001' });
    await call.until(180);
    const engine = await engineOn(asterisk);
    expect(await call.final).toBe(200);
    expect(engine.calls).toMatchObject([{ did: '1001', args: ['inbound', 'from-anonymous'] }]);
    await call.hangUp();
    await engine.leave();
  });

  test('answers a held call by itself when its time is over', { timeout: UNAVAILABLE_MS }, async () => {
    const began = Date.now();
    const call = await callBySip({ port: asterisk.sipPort, to: '1001' });
    expect(await call.final).toBe(200);
    expect(call.statuses).toContain(180);
    expect(Date.now() - began).toBeGreaterThan(1_000);
    // There is no announcement in this data directory: the tone plays for five seconds instead.
    await call.ended;
    call.close();
  });

  test('behaviour 46: notes when a call ended, for an engine that was away, and no number with it', async () => {
    const engine = await engineOn(asterisk);
    const call = await callBySip({ port: asterisk.sipPort, to: '1000', from: '905550000042' });
    expect(await call.final).toBe(200);
    await engine.leave();
    const before = Math.floor(Date.now() / 1000);
    await call.hangUp();
    const folder = path.join(asterisk.config.places.asterisk, 'log');
    await expect.poll(() => notes(folder).some((line) => line.startsWith(`${engine.calls[0]?.id},`)), { timeout: 5_000 }).toBe(true);
    const seconds = Number(notes(folder).at(-1)?.split(',')[1]);
    expect(seconds).toBeGreaterThanOrEqual(before);
    const written = readdirSync(folder)
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
      .join('\n');
    expect(written).not.toContain('905550000042');
  });

  test('makes browser phones while it runs', async () => {
    const { command, leave } = await engineOn(asterisk);
    const base = 'asterisk/config/dynamic/res_pjsip';
    const put = (what: string, fields: Record<string, string>) =>
      fetch(`${asterisk.ariUrl}/ari/${base}/${what}?api_key=${asterisk.ariUser}:${asterisk.ariPassword}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })) }),
      });
    expect((await put('aor/web1', { max_contacts: '1' })).status).toBe(200);
    expect((await put('auth/web1', { auth_type: 'userpass', username: 'web1', password: 'x' })).status).toBe(200);
    expect(
      (await put('endpoint/web1', { context: 'from-web', aors: 'web1', auth: 'web1', webrtc: 'yes', allow: '!all,opus,ulaw' })).status,
    ).toBe(200);
    expect(await asterisk.rx('pjsip show endpoint web1')).toMatch(/context\s+: from-web/);
    expect((await command('DELETE', `${base}/endpoint/web1`)).status).toBe(204);
    await leave();
  });

  test('comes back after a crash with the same files', async () => {
    const pid = asterisk.process().pid;
    await asterisk.restart('kill');
    expect(asterisk.process().pid).not.toBe(pid);
    expect((await fetch(`${asterisk.ariUrl}/ari/asterisk/info?api_key=${asterisk.ariUser}:${asterisk.ariPassword}`)).status).toBe(200);
  });
});

function notes(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('ended-'))
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').trim().split('\n'));
}

describe('two instances', () => {
  test('run side by side, each with its own data, and neither is left behind', async () => {
    const [one, two] = await Promise.all([startTestAsterisk(), startTestAsterisk({ env: { SANTRAL_ANONYMOUS_CALLS: 'none' } })]);
    const pids = [one, two].map((asterisk) => asterisk.process().pid);
    expect(await one.rx('core show settings')).toContain(one.config.places.asterisk);
    expect(await two.rx('core show settings')).toContain(two.config.places.asterisk);
    const engine = await engineOn(one);
    const taken = await callBySip({ port: one.sipPort, to: '1000' });
    expect(await taken.final).toBe(200);
    await taken.hangUp();
    // SANTRAL_ANONYMOUS_CALLS=none: who has no account is asked for one.
    const refused = await callBySip({ port: two.sipPort, to: '1000' });
    expect(await refused.final).toBe(401);
    refused.close();
    await engine.leave();
    await Promise.all([one.stop(), two.stop()]);
    expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
  });
});
