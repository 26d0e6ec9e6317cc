import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { runCommand } from './run-command.ts';

/**
 * PJSIP asks for the machine's own host name on every call. Where /etc/hosts does not know it, each call waits for the
 * domain name system: 5 to 75 s of stalled calls were seen at 20 calls/s. There Asterisk is started in a name space of its
 * own (UTS), in which the machine is called `localhost`.
 */
export type HostNameRemedy =
  | { readonly kind: 'not-needed' }
  | { readonly kind: 'own-name'; readonly command: readonly string[] }
  /** Neither is possible: `line` belongs into /etc/hosts. */
  | { readonly kind: 'tell'; readonly line: string };

/** True when the text of a hosts file gives an address for that name. */
export function hostsFileKnows(hosts: string, name: string): boolean {
  return hosts.split('\n').some((line) => {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    return address !== undefined && address !== '' && names.some((known) => known.toLowerCase() === name.toLowerCase());
  });
}

const RENAME = 'hostname localhost 2>/dev/null || echo localhost > /proc/sys/kernel/hostname || exit 96; exec "$@"';

export async function hostNameRemedy(hostsFile = '/etc/hosts', name = os.hostname()): Promise<HostNameRemedy> {
  const hosts = existsSync(hostsFile) ? readFileSync(hostsFile, 'utf8') : '';
  if (hostsFileKnows(hosts, name)) return { kind: 'not-needed' };
  if (hostsFileKnows(hosts, 'localhost')) {
    const asRoot = ['unshare', '--uts'];
    const asUser = ['unshare', '--user', '--map-current-user', '--keep-caps', '--uts'];
    const command = [...(process.getuid?.() === 0 ? asRoot : asUser), '--', 'sh', '-c', RENAME, 'sh'];
    if ((await runCommand([...command, 'true'])).code === 0) return { kind: 'own-name', command };
  }
  return { kind: 'tell', line: `127.0.0.1 ${name}` };
}
