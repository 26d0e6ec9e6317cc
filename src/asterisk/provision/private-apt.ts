import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SantralError } from '../../domain/errors.ts';
import { type CommandResult, runCommand } from './run-command.ts';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** apt with its own state, cache and sources: it needs no root, and neither reads nor touches the machine's packages. */
export interface PrivateApt {
  readonly archives: string;
  run(args: readonly string[], signal: AbortSignal): Promise<CommandResult>;
}

export async function privateApt(folder: string, mirror: string, suite: string): Promise<PrivateApt> {
  const architecture = (await runCommand(['dpkg', '--print-architecture'])).stdout.trim();
  const keyring = existsSync(KEYRING) ? KEYRING : undefined;
  if (architecture === '' || keyring === undefined) {
    throw new SantralError(
      'setup.asterisk-missing',
      'Asterisk cannot be fetched: this is no Debian machine (apt, dpkg and debian-archive-keyring are needed). ' +
        'Install Asterisk 22.10.1 or newer, or use the Docker images.',
    );
  }
  for (const name of ['state/lists/partial', 'cache/archives/partial', 'empty', 'log']) {
    mkdirSync(path.join(folder, name), { recursive: true });
  }
  const inside = (name: string) => path.join(folder, name);
  writeFileSync(inside('state/status'), '');
  // The Release file of a testing suite can be past its date; its signature is checked all the same.
  writeFileSync(inside('sources.list'), `deb [signed-by=${keyring} check-valid-until=no] ${mirror} ${suite} main\n`);
  writeFileSync(inside('apt.conf'), `${aptSettings(inside, architecture)}\n${await hostProxies()}`);
  const env = { ...process.env, APT_CONFIG: inside('apt.conf'), LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  return { archives: inside('cache/archives'), run: (args, signal) => runCommand(args, { env, signal }) };
}

function aptSettings(inside: (name: string) => string, architecture: string): string {
  const settings: readonly (readonly [string, string])[] = [
    ['Dir::State', inside('state')],
    ['Dir::State::status', inside('state/status')],
    ['Dir::Cache', inside('cache')],
    ['Dir::Log', inside('log')],
    ['Dir::Etc::sourcelist', inside('sources.list')],
    ['Dir::Etc::sourceparts', inside('empty')],
    ['Dir::Etc::preferences', inside('empty/none')],
    ['Dir::Etc::preferencesparts', inside('empty')],
    ['Dir::Etc::main', inside('empty/none')],
    // Settings of the machine may clean the cache or run programs after an update.
    ['Dir::Etc::parts', inside('empty')],
    ['APT::Architecture', architecture],
    ['APT::Install-Recommends', 'false'],
    ['APT::Sandbox::User', process.getuid?.() === 0 ? 'root' : ''],
    ['Acquire::Languages', 'none'],
    ['Acquire::Retries', '3'],
    ['Acquire::http::Timeout', '30'],
  ];
  return [
    ...settings.map(([name, value]) => `${name} "${value}";`),
    '#clear APT::Architectures;',
    `APT::Architectures { "${architecture}"; };`,
  ].join('\n');
}

/** Proxies that the machine's apt uses; without them a mirror may be out of reach. */
async function hostProxies(): Promise<string> {
  const said = await runCommand(['apt-config', 'dump']);
  return said.stdout
    .split('\n')
    .filter((line) => /^Acquire::(?:https?)::Proxy(?:::\S+)? "/.test(line))
    .join('\n');
}

/** Version that would be installed, or undefined when the suite has no such package. */
export async function candidateVersion(apt: PrivateApt, name: string, signal: AbortSignal): Promise<string | undefined> {
  const said = await apt.run(['apt-cache', 'policy', name], signal);
  const version = /Candidate: (\S+)/.exec(said.stdout)?.[1];
  return version === undefined || version === '(none)' ? undefined : version;
}

/** How many packages and bytes are there, for progress lines. */
export function downloaded(apt: PrivateApt): { readonly files: number; readonly bytes: number } {
  let files = 0;
  let bytes = 0;
  for (const folder of [apt.archives, path.join(apt.archives, 'partial')]) {
    for (const name of readdirSync(folder)) {
      const size = statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
      bytes += size;
      if (folder === apt.archives && name.endsWith('.deb')) files += 1;
    }
  }
  return { files, bytes };
}
