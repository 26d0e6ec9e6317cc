import { pino } from 'pino';
import { createApp } from './app.ts';
import { readConfig } from './config/config.ts';
import { usePlainEnvironment } from './config/plain-environment.ts';
import { loadSecrets } from './config/secrets.ts';
import { SantralError } from './domain/errors.ts';
import { engineLog } from './engine-log.ts';

/** The engine's process: configuration in, a running app out, let go of on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  usePlainEnvironment();
  const config = readConfig(process.env, process.cwd());
  const log = engineLog(config.logLevel);
  const app = await createApp({ config, secrets: loadSecrets(config), log });
  let closing = false;
  const stop = (reason: string): void => {
    if (closing) return;
    closing = true;
    log.info({ reason }, 'the engine stops; calls stay up for the next start');
    const exit = (code: number): void => log.flush(() => process.exit(code));
    void app.close().then(
      () => exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the engine did not stop cleanly');
        exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
  // The launcher that started the engine is gone: nobody would stop us.
  process.on('disconnect', () => stop('launcher gone'));
  const oneTimePassword = app.firstAdmin?.password;
  const { url, number } = app;
  const ready = { kind: 'ready', url, number, ...(oneTimePassword === undefined ? {} : { oneTimePassword }) };
  // Without a launcher (in a container) the log is where people look; it is the only place the password is ever shown.
  if (process.send === undefined) process.stdout.write(`${JSON.stringify(ready)}\n`);
  else process.send(ready);
}

main().catch((error: unknown) => {
  if (error instanceof SantralError) process.stderr.write(`${error.message}\n`);
  else pino().fatal({ err: error }, 'the engine could not start');
  process.exit(1);
});
