import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SantralError } from '../../domain/errors.ts';
import { type Distribution, isNewEnough, OLDEST_ASTERISK, parseVersion, systemDistribution, unpackedDistribution } from './distribution.ts';
import { mirrorsToTry } from './host-mirror.ts';
import { withLock } from './lock.ts';
import { candidateVersion, downloaded, type PrivateApt, privateApt } from './private-apt.ts';
import { runCommand } from './run-command.ts';

export interface ProvisionOptions {
  /** One line per step, for people. */
  readonly progress: (line: string) => void;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** Debian releases that carry Asterisk, tried in this order. */
const SUITES = ['forky', 'sid'] as const;
const MARKER = 'santral-asterisk.json';
/** Raised when the way of unpacking changes, so that older trees are made anew. */
const LAYOUT = 1;
const BYTES_NEEDED = 500_000_000;
const PROGRESS_MS = 2_000;

const markerSchema = z.object({ layout: z.literal(LAYOUT), version: z.string(), suite: z.string() });

/**
 * The machine's own Asterisk where it will do, else the one in `folder`, which is fetched from Debian's packages when it is
 * not there yet. What was downloaded before an interruption is used again; the folder appears complete or not at all.
 */
export async function provideAsterisk(folder: string, options: ProvisionOptions): Promise<Distribution> {
  const own = await systemDistribution();
  if (own !== undefined) return own;
  const there = await existing(folder);
  if (there !== undefined) return there;
  const signal = options.signal ?? new AbortController().signal;
  const onWait = () => options.progress('Asterisk is being fetched by another start; waiting for it.');
  return withLock(`${folder}.lock`, onWait, signal, async () => (await existing(folder)) ?? (await fetchAsterisk(folder, options, signal)));
}

async function existing(folder: string): Promise<Distribution | undefined> {
  return readMarker(folder) ? unpackedDistribution(folder) : undefined;
}

function readMarker(folder: string): boolean {
  try {
    return markerSchema.safeParse(JSON.parse(readFileSync(path.join(folder, MARKER), 'utf8'))).success;
  } catch {
    return false;
  }
}

async function fetchAsterisk(folder: string, options: ProvisionOptions, signal: AbortSignal): Promise<Distribution> {
  const partial = `${folder}.partial`;
  checkPlace(folder, partial);
  const began = Date.now();
  const { apt, suite, version } = await chooseSuite(path.join(partial, 'apt'), options, signal);
  await download(apt, options, signal);
  const root = path.join(partial, 'root');
  await unpack(apt, root, options, signal);
  writeFileSync(path.join(root, MARKER), `${JSON.stringify({ layout: LAYOUT, version, suite })}\n`);
  const distribution = await unpackedDistribution(root);
  if (distribution === undefined) throw missing('the unpacked program does not start on this machine.');
  // The old tree was made by us (checkPlace); the new one takes its place in one step.
  if (existsSync(folder)) renameSync(folder, path.join(partial, `old-${Date.now()}`));
  renameSync(root, folder);
  rmSync(partial, { recursive: true, force: true });
  options.progress(`Asterisk ${distribution.version} is ready (${Math.round((Date.now() - began) / 1000)} s).`);
  const placed = await unpackedDistribution(folder);
  if (placed === undefined) throw missing(`${folder} was moved away meanwhile.`);
  return placed;
}

/** Refuses to replace a folder that is not ours, and a disk that is too small. */
function checkPlace(folder: string, partial: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(path.join(folder, MARKER))) {
    throw missing(`${folder} exists and holds something else. Empty it, or choose another folder by SANTRAL_ASTERISK_DIST.`);
  }
  mkdirSync(partial, { recursive: true });
  const disk = statfsSync(partial);
  const free = disk.bavail * disk.bsize;
  if (free < BYTES_NEEDED) {
    throw missing(
      `${Math.round(free / 1e6)} MB are free at ${partial}, ${BYTES_NEEDED / 1e6} MB are needed. Make room, or set SANTRAL_DATA.`,
    );
  }
}

interface Choice {
  readonly apt: PrivateApt;
  readonly suite: string;
  readonly version: string;
}

async function chooseSuite(folder: string, options: ProvisionOptions, signal: AbortSignal): Promise<Choice> {
  const mirrors = mirrorsToTry(options.env ?? process.env);
  const problems: string[] = [];
  for (const [index, mirror] of mirrors.entries()) {
    for (const suite of SUITES) {
      options.progress(`Asterisk: reading the package list of Debian ${suite} from ${mirror}`);
      const apt = await privateApt(path.join(folder, `${suite}-${index}`), mirror, suite);
      const found = await usableVersion(apt, signal);
      if (found.ok) return { apt, suite, version: found.version };
      problems.push(`${mirror} ${suite}: ${found.problem}`);
    }
  }
  throw missing(`Debian's package could not be had:\n  ${problems.join('\n  ')}\nAnother mirror can be named by SANTRAL_DEBIAN_MIRROR.`);
}

async function usableVersion(apt: PrivateApt, signal: AbortSignal) {
  const update = await apt.run(['apt-get', 'update', '-q', '-o', 'APT::Update::Error-Mode=any', '-o', 'Acquire::Retries=1'], signal);
  if (update.code !== 0) return { ok: false, problem: lastLine(update.stderr) } as const;
  const version = await candidateVersion(apt, 'asterisk', signal);
  if (version === undefined) return { ok: false, problem: 'no package asterisk' } as const;
  const parsed = parseVersion(`Asterisk ${version.replace(/^\d+:/, '')}`);
  if (parsed !== undefined && isNewEnough(parsed)) return { ok: true, version } as const;
  return { ok: false, problem: `asterisk ${version} is older than ${OLDEST_ASTERISK.join('.')}` } as const;
}

async function download(apt: PrivateApt, options: ProvisionOptions, signal: AbortSignal): Promise<void> {
  const planned = await apt.run(['apt-get', 'install', '-y', '-q', '--print-uris', 'asterisk'], signal);
  const sizes = [...planned.stdout.matchAll(/^'[^']+' \S+ (\d+) /gm)].map((found) => Number(found[1]));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const before = downloaded(apt);
  if (sizes.length > 0) options.progress(`Asterisk: downloading ${sizes.length} packages, ${megabytes(total)}`);
  const ticker = setInterval(() => {
    const { files, bytes } = downloaded(apt);
    options.progress(
      `Asterisk: ${files - before.files} of ${sizes.length} packages, ${megabytes(Math.max(0, bytes - before.bytes))} of ${megabytes(total)}`,
    );
  }, PROGRESS_MS);
  try {
    const said = await apt.run(['apt-get', 'install', '-y', '-q', '--download-only', 'asterisk'], signal);
    if (said.code !== 0) throw missing(`the download failed: ${lastLine(said.stderr)}\nStart again: what was downloaded is kept.`);
  } finally {
    clearInterval(ticker);
  }
}

async function unpack(apt: PrivateApt, root: string, options: ProvisionOptions, signal: AbortSignal): Promise<void> {
  const packages = readdirSync(apt.archives).filter((name) => name.endsWith('.deb'));
  options.progress(`Asterisk: unpacking ${packages.length} packages`);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  for (const name of packages) {
    const said = await runCommand(['dpkg-deb', '-x', path.join(apt.archives, name), root], { signal });
    if (said.code !== 0) {
      rmSync(path.join(apt.archives, name), { force: true });
      throw missing(`${name} could not be unpacked: ${lastLine(said.stderr)}\nStart again: it will be fetched anew.`);
    }
  }
}

function missing(why: string): SantralError {
  return new SantralError('setup.asterisk-missing', `Asterisk could not be provided: ${why}`);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? 'no reason was given';
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
