import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './run-command.ts';

/** Older ones miss what we use; see src/asterisk/provision/README.md. */
export const OLDEST_ASTERISK = [22, 10, 1] as const;

/** An Asterisk that can be started: the machine's own, or one unpacked from Debian's packages. */
export interface Distribution {
  readonly kind: 'system' | 'provisioned';
  readonly version: string;
  /** Program and leading arguments; options of Asterisk follow. */
  readonly command: readonly string[];
  /** What its processes need in their environment. */
  readonly env: { readonly [name: string]: string };
  readonly moduleDir: string;
  /** The folder with `rest-api/` and `documentation/`. */
  readonly dataDir: string;
}

/** Without these nothing works; a system's own Asterisk that lacks one is not used. */
const MODULES_NEEDED = ['res_ari', 'res_stasis', 'app_stasis', 'chan_pjsip', 'res_pjsip_transport_websocket', 'res_srtp', 'codec_opus'];

/** `Asterisk 22.10.1~dfsg…` to `[22, 10, 1]`; undefined for anything else. */
export function parseVersion(text: string): readonly [number, number, number] | undefined {
  const found = /Asterisk (?:certified\/)?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
}

export function isNewEnough(version: readonly number[]): boolean {
  for (const [index, least] of OLDEST_ASTERISK.entries()) {
    const part = version[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

/** The machine's own Asterisk where it is new enough and complete, else undefined. */
export async function systemDistribution(): Promise<Distribution | undefined> {
  const program = ['/usr/sbin/asterisk', '/usr/local/sbin/asterisk'].find((file) => existsSync(file));
  if (program === undefined) return undefined;
  const version = parseVersion((await runCommand([program, '-V'])).stdout);
  if (version === undefined || !isNewEnough(version)) return undefined;
  const root = program.startsWith('/usr/local') ? '/usr/local' : '/usr';
  const moduleDir = findModules(root) ?? findModules('/usr');
  const dataDir = ['/usr/share/asterisk', '/var/lib/asterisk'].find((folder) => existsSync(path.join(folder, 'rest-api')));
  if (moduleDir === undefined || dataDir === undefined) return undefined;
  return { kind: 'system', version: version.join('.'), command: [program], env: {}, moduleDir, dataDir };
}

/** The Asterisk within an unpacked tree, started through the tree's own loader, so that neither chroot nor root is needed. */
export async function unpackedDistribution(root: string): Promise<Distribution | undefined> {
  const moduleDir = findModules(path.join(root, 'usr'));
  if (moduleDir === undefined) return undefined;
  const libraries = path.dirname(path.dirname(moduleDir));
  const loader = readdirSync(libraries).find((name) => /^ld(?:64|-linux[-a-z0-9]*)?\.so\.\d$/.test(name));
  if (loader === undefined) return undefined;
  // --inhibit-cache: the machine's own list of libraries belongs to another libc.
  const command = [
    path.join(libraries, loader),
    '--inhibit-cache',
    '--library-path',
    `${libraries}:${path.dirname(libraries)}`,
    path.join(root, 'usr/sbin/asterisk'),
  ];
  const env = { OPENSSL_MODULES: path.join(libraries, 'ossl-modules'), OPENSSL_CONF: '/dev/null' };
  const said = await runCommand([...command, '-V'], { env: { ...process.env, ...env } });
  const version = parseVersion(said.stdout);
  if (version === undefined || !isNewEnough(version)) return undefined;
  return { kind: 'provisioned', version: version.join('.'), command, env, moduleDir, dataDir: path.join(root, 'usr/share/asterisk') };
}

/** Where Debian's package puts things; for configurations that are rendered for another machine or container. */
export function packagedDistribution(): Distribution {
  const triple: { readonly [arch: string]: string } = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };
  return {
    kind: 'system',
    version: OLDEST_ASTERISK.join('.'),
    command: ['/usr/sbin/asterisk'],
    env: {},
    moduleDir: `/usr/lib/${triple[process.arch] ?? `${process.arch}-linux-gnu`}/asterisk/modules`,
    dataDir: '/usr/share/asterisk',
  };
}

function findModules(prefix: string): string | undefined {
  const library = path.join(prefix, 'lib');
  if (!existsSync(library)) return undefined;
  const folders = ['', ...readdirSync(library).filter((name) => name.includes('-linux-'))];
  return folders
    .map((name) => path.join(library, name, 'asterisk/modules'))
    .find((folder) => existsSync(folder) && isComplete(readdirSync(folder)));
}

function isComplete(modules: readonly string[]): boolean {
  return MODULES_NEEDED.every((needed) => modules.some((name) => name.startsWith(needed)));
}
