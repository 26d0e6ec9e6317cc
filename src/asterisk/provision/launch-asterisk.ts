import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../../config/config.ts';
import type { Secrets } from '../../config/secrets.ts';
import { SantralError } from '../../domain/errors.ts';
import type { Log } from '../../ports/log.ts';
import { asteriskRx } from './asterisk-rx.ts';
import type { Distribution } from './distribution.ts';
import { hostNameRemedy } from './host-name.ts';
import type { Instance } from './instance.ts';
import { keepLogsSmall } from './instance-logs.ts';
import { endProcess, markProcess, type ProcessMark, pause } from './processes.ts';
import { provideAsterisk } from './provision.ts';
import { renderInstance } from './render-instance.ts';
import { lesserUser, ownFolders, type SystemUser } from './run-as.ts';

export interface AsteriskOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly log: Log;
  /** One line per step of providing Asterisk. */
  readonly progress?: (line: string) => void;
  readonly signal?: AbortSignal;
  /** Adds the plain dialplan that the bench compares with. */
  readonly bench?: boolean;
}

export interface RunningAsterisk {
  readonly pid: number;
  readonly mark: ProcessMark;
  readonly version: string;
  /** Settles once when the process is gone, for whatever reason. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** One command on its console; gives what it printed. */
  rx(command: string): Promise<string>;
  /** Ends it and waits until it is gone; idempotent. */
  stop(): Promise<void>;
}

const START_MS = 60_000;
const LOOK_AGAIN_MS = 25;
const STOP_MS = 5_000;
/** Nobody but Asterisk, and the engine when it is the same user or root, enters the instance's folder. */
const RECORDINGS_ARE_PRIVATE = 0o750;

/** Provides, configures and starts this instance's Asterisk. Resolves when it is fully booted and ARI answers. */
export async function startAsterisk(options: AsteriskOptions): Promise<RunningAsterisk> {
  const { config, log } = options;
  const progress = options.progress ?? ((line: string) => log.info({}, line));
  const distribution = await provideAsterisk(config.places.distribution, {
    progress,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const instance = renderInstance({ config, secrets: options.secrets, distribution, bench: options.bench ?? false });
  const user = await lesserUser([config.places.data, distribution.moduleDir]);
  log.debug({ user: user?.name ?? 'the starting user' }, 'asterisk runs as');
  const { base, etc, run, log: logDir, spool, recordings, callRecordings, db, keys, cache, lib, music } = instance;
  ownFolders([base, etc, run, logDir, spool, recordings, callRecordings, db, path.join(keys, 'keys'), cache, lib, music], user);
  chmodSync(base, RECORDINGS_ARE_PRIVATE);
  keepLogsSmall(logDir, Date.now());
  rmSync(instance.control, { force: true });
  const child = launch(distribution, instance, await wrapping(user, log));
  const running = watch(child, distribution, instance);
  try {
    await ready(running, config, options);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}

/** Programs in front of Asterisk, each of which becomes the next: name space, lesser user, end with the parent. */
async function wrapping(user: SystemUser | undefined, log: Log): Promise<string[]> {
  const remedy = await hostNameRemedy();
  if (remedy.kind === 'tell') {
    log.warn({}, `This machine's host name is not in /etc/hosts: calls will stall whenever DNS is slow. Add the line: ${remedy.line}`);
  }
  const name = remedy.kind === 'own-name' ? remedy.command : [];
  if (!existsSync('/usr/bin/setpriv')) return [...name];
  const lesser = user === undefined ? [] : ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups'];
  // The name space leaves a user with rights that are good for nothing but mischief.
  const rights = ['--inh-caps', '-all', '--ambient-caps', '-all', '--no-new-privs'];
  return [...name, 'setpriv', ...lesser, ...rights, '--pdeathsig', 'TERM', '--'];
}

/** In a process group of its own: Ctrl-C reaches the launcher only, which then ends the engine before Asterisk. */
function launch(distribution: Distribution, instance: Instance, before: readonly string[]): ChildProcess {
  const output = openSync(path.join(instance.log, 'console.log'), 'a');
  const [program, ...args] = [...before, ...distribution.command, '-f', '-n', '-C', instance.conf];
  const child = spawn(program as string, args, {
    cwd: instance.run,
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...distribution.env, HOME: instance.lib, TERM: 'dumb' },
  });
  closeSync(output);
  return child;
}

function watch(child: ChildProcess, distribution: Distribution, instance: Instance): RunningAsterisk {
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
  const pid = child.pid ?? 0;
  const mark = markProcess(pid) ?? { pid, began: 'gone' };
  return {
    pid,
    mark,
    version: distribution.version,
    exited,
    rx: (command) => asteriskRx(distribution, instance.conf, command),
    stop: async () => {
      await endProcess(mark, STOP_MS);
      await exited;
    },
  };
}

async function ready(running: RunningAsterisk, config: Config, options: AsteriskOptions): Promise<void> {
  const ended = running.exited.then(({ code, signal }) => {
    throw failed(config, `it ended with ${signal ?? `code ${code}`}`);
  });
  const booted = async () => {
    const deadline = Date.now() + START_MS;
    while (!(await ariAnswers(config, options.secrets))) {
      options.signal?.throwIfAborted();
      if (Date.now() > deadline) throw failed(config, `ARI did not answer within ${START_MS / 1000} s`);
      await pause(LOOK_AGAIN_MS);
    }
    await running.rx('core waitfullybooted');
  };
  await Promise.race([booted(), ended]);
}

async function ariAnswers(config: Config, secrets: Secrets): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${config.ariUser}:${secrets.ariPassword}`).toString('base64')}`;
  try {
    const answer = await fetch(`${config.ariBase}/ari/asterisk/info?only=status`, { headers: { authorization } });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

function failed(config: Config, what: string): SantralError {
  const folder = path.join(config.places.asterisk, 'log');
  const lines = tail(path.join(folder, 'console.log'));
  return new SantralError('setup.asterisk-failed', `Asterisk did not start: ${what}. Its last lines (${folder}):\n  ${lines.join('\n  ')}`);
}

function tail(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(-5) : [];
}
