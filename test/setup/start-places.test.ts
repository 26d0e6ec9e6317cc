import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Ports, takePorts } from '../kit/ports.ts';
import { callBySip } from './sip-caller.ts';
import { type Start, type StartOptions, startSantral } from './start-kit.ts';

/** Where `npm start` is: beside another one, on which addresses, in a directory that it may not write to. */

interface Place {
  readonly data: string;
  readonly ports: Ports;
}

const places: Place[] = [];
const starts: Start[] = [];
let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'santral-place-'));
  chmodSync(home, 0o755);
});
afterEach(async () => {
  for (const run of starts.splice(0)) {
    run.process.kill('SIGINT');
    await run.exit;
  }
  for (const { ports } of places.splice(0)) ports.release();
  rmSync(home, { recursive: true, force: true });
});

async function place(name: string): Promise<Place> {
  const data = path.join(home, name);
  mkdirSync(data, { mode: 0o755 });
  const one = { data, ports: await takePorts() };
  places.push(one);
  return one;
}

function start(options: StartOptions): Start {
  const run = startSantral(options);
  starts.push(run);
  return run;
}

async function ready(where: Place): Promise<Start> {
  const run = start(where);
  await run.until('Santral is ready.');
  return run;
}

describe('npm start', () => {
  test('runs beside another one; each answers its own calls, and neither ends with the other', async () => {
    const [one, two] = [await place('one'), await place('two')];
    const [first, second] = await Promise.all([ready(one), ready(two)]);
    const calls = await Promise.all([one, two].map(({ ports }) => callBySip({ port: ports.sip, to: '1000' })));
    expect(await Promise.all(calls.map(({ final }) => final))).toEqual([200, 200]);
    await Promise.all(calls.map((call) => call.hangUp()));
    first.process.kill('SIGINT');
    expect(await first.exit).toBe(0);
    const alone = await callBySip({ port: two.ports.sip, to: '1000' });
    expect(await alone.final).toBe(200);
    await alone.hangUp();
    second.process.kill('SIGINT');
    expect(await second.exit).toBe(0);
  });

  test('binds what the engine and Asterisk serve to loopback, also in a call', async () => {
    const where = await place('one');
    const run = await ready(where);
    const { engine, asterisk } = run.marks();
    const call = await callBySip({ port: where.ports.sip, to: '1000' });
    expect(await call.final).toBe(200);
    const ofAsterisk = socketsOf(asterisk.pid);
    const bound = [...socketsOf(engine.pid), ...ofAsterisk];
    // The pages and ARI; SIP by UDP and TCP; the call's audio.
    const has = (protocol: string, fits: (port: number) => boolean) =>
      bound.some((socket) => socket.protocol === protocol && fits(socket.port));
    const { http, sip, ari, rtp } = where.ports;
    const [from = 0, to = 0] = rtp.split('-').map(Number);
    for (const wanted of [http, ari, sip]) expect(has('tcp', (port) => port === wanted)).toBe(true);
    expect(has('udp', (port) => port === sip)).toBe(true);
    expect(has('udp', (port) => port >= from && port <= to)).toBe(true);
    // But for what its SIP library asks name servers from (asterisk-config/README.md), which takes no calls.
    const open = bound.filter(({ address }) => !isLoopback(address));
    expect(open.filter((socket) => !ofAsterisk.includes(socket))).toEqual([]);
    expect(open.filter(({ protocol }, index) => protocol !== ['udp', 'udp6'][index])).toEqual([]);
    for (const { port } of open.filter(({ protocol }) => protocol === 'udp')) expect(await answerOf([port, sip])).toBe(sip);
    await call.hangUp();
  });

  test('says what to do about a data directory that this user may read but not write, and leaves it as it is', async () => {
    const where = await place('one');
    chmodSync(where.data, 0o555);
    // Permissions mean nothing to root, who gives up the right to ignore them.
    const before = process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override', '--'] : [];
    const run = start({ ...where, before });
    expect(await run.exit).toBe(1);
    expect(run.said()).toContain(`The data directory ${where.data} cannot be written (EACCES). Make it writable for this user`);
    expect(run.said()).toContain('SANTRAL_DATA=/some/where npm start');
    expect(run.said()).not.toMatch(/\n {4}at /);
    expect(readdirSync(where.data)).toEqual([]);
  });
});

interface Socket {
  readonly protocol: string;
  /** As the kernel writes it: hexadecimal, each 32 bits in the machine's order. */
  readonly address: string;
  readonly port: number;
}

/** What a process listens on, is bound to, and is connected from. */
function socketsOf(pid: number): Socket[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1] ?? []),
  );
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((protocol) =>
    readFileSync(`/proc/${pid}/net/${protocol}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => inodes.has(fields[9] ?? ''))
      .map((fields) => {
        const [address = '', port = ''] = (fields[1] ?? '').split(':');
        return { protocol, address, port: Number.parseInt(port, 16) };
      }),
  );
}

/** Asks each port in turn for its SIP abilities; gives the one that answers first. */
async function answerOf(ports: readonly number[]): Promise<number> {
  const socket = createSocket('udp4');
  try {
    await new Promise<void>((resolve) => {
      socket.bind(0, '127.0.0.1', resolve);
    });
    const answered = once(socket, 'message');
    const own = socket.address().port;
    for (const port of ports) socket.send(options(port, own), port, '127.0.0.1');
    const [, from] = (await answered) as [Buffer, { readonly port: number }];
    return from.port;
  } finally {
    socket.close();
  }
}

function options(port: number, own: number): string {
  const lines = [
    `OPTIONS sip:1000@127.0.0.1:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${own};branch=z9hG4bKoptions${port};rport`,
    `From: <sip:caller@127.0.0.1:${own}>;tag=${port}`,
    `To: <sip:1000@127.0.0.1:${port}>`,
    `Call-ID: options-${port}@127.0.0.1`,
    'CSeq: 1 OPTIONS',
    `Contact: <sip:caller@127.0.0.1:${own}>`,
    'Max-Forwards: 70',
    'Content-Length: 0',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Files come and go while they are looked at. */
function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}

/** 127.x.y.z, also within IPv6, or ::1; a little-endian machine writes the last byte first. */
const isLoopback = (address: string): boolean =>
  /^[\dA-F]{6}7F$/.test(address) || /^0{16}FFFF0000[\dA-F]{6}7F$/.test(address) || address === '00000000000000000000000001000000';
