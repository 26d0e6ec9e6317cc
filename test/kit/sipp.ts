import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const SCENARIOS = fileURLToPath(new URL('./sipp', import.meta.url));
/** More calls at once than any test has. */
const LIMIT = 2000;

export interface SippOptions {
  /** A file in test/kit/sipp without `.xml`. */
  readonly scenario: 'brief' | 'caller' | 'one-key' | 'patient';
  /** `host:port` of the Asterisk that is called. */
  readonly target: string;
  /** SIPp's own SIP port, and the first of its media ports. */
  readonly port: number;
  readonly mediaPort?: number;
  /** New calls per second. */
  readonly rate: number;
  /** One line of fields for each call, in order. */
  readonly fields: readonly (readonly string[])[];
  readonly timeoutSeconds?: number;
}

export interface SippReport {
  readonly calls: number;
  readonly failed: number;
  /** SIPp's own words about failures. */
  readonly errors: string;
}

/** Places many real SIP calls. Rejects when SIPp itself cannot run. */
export async function runSipp(options: SippOptions): Promise<SippReport> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'santral-sipp-'));
  try {
    const inf = path.join(dir, 'calls.csv');
    writeFileSync(inf, `SEQUENTIAL\n${options.fields.map((fields) => fields.join(';')).join('\n')}\n`);
    const seconds = options.timeoutSeconds ?? 300;
    const args = [
      ...['-sf', path.join(SCENARIOS, `${options.scenario}.xml`), '-inf', inf],
      ...['-i', '127.0.0.1', '-p', String(options.port), '-mi', '127.0.0.1', '-mp', String(options.mediaPort ?? options.port + 1000)],
      ...['-r', String(options.rate), '-m', String(options.fields.length), '-l', String(LIMIT)],
      ...['-timeout', `${seconds}s`, '-timeout_error', '-trace_err', '-trace_stat', '-fd', '1', '-nostdin', options.target],
    ];
    const { code, output } = await run('sipp', args, dir);
    const errors = read(dir, /_errors\.log$/);
    // SIPp: 0 all calls succeeded, 1 some failed; anything else it could not run.
    if (code !== 0 && code !== 1 && code !== 97) throw new Error(`sipp ended with ${code}: ${errors || output.slice(-2000)}`);
    const { successful, failed } = lastStatistics(read(dir, /_\.csv$/));
    return { calls: successful, failed: failed + (options.fields.length - successful - failed), errors };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[], cwd: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (data: Buffer): void => {
      output = (output + data.toString()).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

function read(dir: string, name: RegExp): string {
  const file = readdirSync(dir).find((one) => name.test(one));
  return file === undefined ? '' : readFileSync(path.join(dir, file), 'utf8');
}

/** The last line of SIPp's statistics file; its first line names the columns. */
function lastStatistics(csv: string): { successful: number; failed: number } {
  const lines = csv.trim().split('\n');
  const names = (lines[0] ?? '').split(';');
  const values = (lines.at(-1) ?? '').split(';');
  const column = (name: string): number => Number(values[names.indexOf(name)] ?? Number.NaN);
  return { successful: column('SuccessfulCall(C)'), failed: column('FailedCall(C)') };
}
