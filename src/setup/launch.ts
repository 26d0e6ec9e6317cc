import path from 'node:path';
import { keepLogsSmall } from '../asterisk/provision/instance-logs.ts';
import { startAsterisk } from '../asterisk/provision/launch-asterisk.ts';
import { endProcess, pause } from '../asterisk/provision/processes.ts';
import { type Config, readConfig } from '../config/config.ts';
import { loadSecrets, type Secrets } from '../config/secrets.ts';
import { SantralError } from '../domain/errors.ts';
import type { Log } from '../ports/log.ts';
import { announcement } from './announce.ts';
import { claimDataDirectory, openDataDirectory, type RunRegister } from './data-directory.ts';
import { type EngineReady, startEngine } from './engine-process.ts';
import { launcherLog } from './launcher-log.ts';
import { checkPorts } from './port-check.ts';
import { type Supervised, supervise } from './supervise.ts';

const ENGINE_STOP_MS = 10_000;
const LOOK_AT_LOGS_MS = 60_000;
const HEALTHY_MS = 10_000;

interface Launch {
  readonly env: NodeJS.ProcessEnv;
  readonly config: Config;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly register: RunRegister;
  readonly readable: boolean;
  readonly write: (line: string) => void;
  readonly stopping: AbortSignal;
}

/** Runs Asterisk and the engine until Ctrl-C (or SIGTERM); gives the exit code. Nothing is left running after it. */
export async function launch(env: NodeJS.ProcessEnv, cwd: string = process.cwd()): Promise<number> {
  const stop = new AbortController();
  const onSignal = () => stop.abort(new Error('stopped'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  const write = (line: string) => process.stdout.write(`${line}\n`);
  try {
    const config = readConfig(env, cwd);
    openDataDirectory(config.places);
    const register = await claimDataDirectory(config.places, write);
    try {
      await checkPorts(config);
      const readable = process.stdout.isTTY;
      const log = launcherLog(config.logLevel, readable, write);
      await serve({ env, config, secrets: loadSecrets(config), log, register, readable, write, stopping: stop.signal });
    } finally {
      register.release();
    }
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return 0;
    if (!(error instanceof SantralError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    return 1;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, onSignal);
  }
}

/** Asterisk first, so that the engine finds it; the engine ends first, so that it can say goodbye to its calls. */
async function serve(run: Launch): Promise<void> {
  const ends = new AbortController();
  const asterisk = run.config.asterisk === 'managed' ? await superviseAsterisk(run, ends.signal) : undefined;
  const lookAtLogs = () => keepLogsSmall(path.join(run.config.places.asterisk, 'log'), Date.now());
  const logs = asterisk === undefined ? undefined : setInterval(lookAtLogs, LOOK_AT_LOGS_MS);
  try {
    const engine = await supervise({ name: 'The engine', start: () => startSupervisedEngine(run), log: run.log, stopping: run.stopping });
    run.write(announcement(run.config, run.secrets, engine.first.saidReady));
    await engine.done;
  } finally {
    clearInterval(logs);
    ends.abort();
    await asterisk?.done;
  }
}

function superviseAsterisk(run: Launch, stopping: AbortSignal) {
  const { config, secrets, log, register, write } = run;
  const start = async (): Promise<Supervised> => {
    const asterisk = await startAsterisk({ config, secrets, log, progress: (line) => write(`• ${line}`), signal: run.stopping });
    register.note({ asterisk: asterisk.mark });
    return { exited: asterisk.exited.then(({ code, signal }) => signal ?? `code ${code}`), stop: () => asterisk.stop() };
  };
  return supervise({ name: 'Asterisk', start, log, stopping });
}

/** The engine serves before it has found Asterisk; a call can be made only then. Gives up waiting after a while: the log says why. */
async function untilHealthy(url: string, stopping: AbortSignal, exited: Promise<string>): Promise<void> {
  let over = false;
  void exited.then(() => (over = true));
  const deadline = Date.now() + HEALTHY_MS;
  while (!over && !stopping.aborted && Date.now() < deadline) {
    const status = await fetch(`${url}/health`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await pause(50);
  }
}

interface SupervisedEngine extends Supervised {
  readonly saidReady: EngineReady;
}

/** Resolves when the engine serves; an engine that ends before that has said why. */
async function startSupervisedEngine({ env, config, readable, write, register, stopping }: Launch): Promise<SupervisedEngine> {
  const engine = startEngine({ env, readable, write });
  const { mark } = engine;
  if (mark !== undefined) register.note({ engine: mark });
  const stop = async () => {
    if (mark !== undefined) await endProcess(mark, ENGINE_STOP_MS);
    await engine.exited;
  };
  const giveUp = () => void stop();
  stopping.addEventListener('abort', giveUp);
  const saidReady = await engine.ready;
  if (saidReady !== undefined && config.asterisk === 'managed') await untilHealthy(saidReady.url, stopping, engine.exited);
  stopping.removeEventListener('abort', giveUp);
  if (saidReady !== undefined) return { saidReady, exited: engine.exited, stop };
  throw new SantralError('setup.engine-failed', `The engine did not start (${await engine.exited}); its last lines above say why.`);
}
