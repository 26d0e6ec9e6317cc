import type { Distribution } from './distribution.ts';
import { runCommand } from './run-command.ts';

const RX_TIMEOUT_MS = 15_000;

/** Runs one command on the console of the instance with that asterisk.conf; gives what it printed. */
export async function asteriskRx(distribution: Distribution, conf: string, command: string): Promise<string> {
  const env = { ...process.env, ...distribution.env };
  const said = await runCommand([...distribution.command, '-C', conf, '-rx', command], { env, timeoutMs: RX_TIMEOUT_MS });
  return said.stdout;
}
