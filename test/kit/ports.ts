import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { isRunning, markProcess, type ProcessMark } from '../../src/asterisk/provision/processes.ts';

/** A block of ports that no other test run on this machine uses while it is held. */
export interface Ports {
  readonly http: number;
  readonly sip: number;
  readonly ari: number;
  /** Free for what else a test starts (SIPp, a fake trunk, a web server): 90 ports from here. */
  readonly spare: number;
  /** As SANTRAL_RTP_PORTS wants it; room for 500 calls. */
  readonly rtp: string;
  release(): void;
}

const FIRST = 14_000;
const BLOCK = 1_200;
/** Up to the ports the kernel gives out by itself. */
const BLOCKS = 15;
const CLAIMS = path.join(os.tmpdir(), 'santral-test-ports');

export async function takePorts(): Promise<Ports> {
  mkdirSync(CLAIMS, { recursive: true });
  for (let block = 0; block < BLOCKS; block += 1) {
    const base = FIRST + block * BLOCK;
    const claim = path.join(CLAIMS, String(base));
    if (!claimed(claim)) continue;
    if ((await Promise.all([base, base + 1, base + 2].map(isFree))).every(Boolean)) {
      return {
        http: base,
        sip: base + 1,
        ari: base + 2,
        spare: base + 10,
        rtp: `${base + 100}-${base + BLOCK - 1}`,
        release: () => rmSync(claim, { force: true }),
      };
    }
    rmSync(claim, { force: true });
  }
  throw new Error(`All ${BLOCKS} blocks of test ports are taken; see ${CLAIMS}`);
}

function claimed(claim: string): boolean {
  const mine = JSON.stringify(markProcess(process.pid));
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      writeFileSync(claim, mine, { flag: 'wx' });
      return true;
    } catch {
      const holder = read(claim);
      if (holder === undefined || isRunning(holder)) return false;
      rmSync(claim, { force: true });
    }
  }
  return false;
}

function read(claim: string): ProcessMark | undefined {
  try {
    return JSON.parse(readFileSync(claim, 'utf8')) as ProcessMark;
  } catch {
    return undefined;
  }
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
