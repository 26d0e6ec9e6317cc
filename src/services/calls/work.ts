import type { Command, Input } from '../../flow/commands.ts';
import type { ActionContext } from '../../ports/actions.ts';
import type { CallDeps } from './deps.ts';

/** Pause before a failed request is tried again; doubles with each try. */
const FIRST_RETRY_PAUSE_MS = 200;

type HttpCommand = Command & { kind: 'http' };
type ActionCommand = Command & { kind: 'action' };
type Outcome = (Input & { kind: 'result' })['outcome'];

/**
 * Carries out a flow's request. All tries share the node's time budget and one idempotency key, so that a server that
 * did the work and lost the answer can recognise the second try. Every failure is data.
 */
export async function requestForFlow(deps: CallDeps, command: HttpCommand, idempotencyKey: string, signal: AbortSignal): Promise<Outcome> {
  const until = deps.clock.now() + command.timeoutMs;
  let pause = FIRST_RETRY_PAUSE_MS;
  for (let left = command.retries; ; left -= 1) {
    const outcome = await deps.http.request({
      method: command.method,
      ...(command.connector === undefined ? {} : { connector: command.connector }),
      url: command.url,
      headers: { 'idempotency-key': idempotencyKey, ...command.headers },
      body: command.body,
      timeoutMs: Math.max(1, until - deps.clock.now()),
      maxBytes: command.maxBytes,
      signal,
    });
    const worthAnotherTry =
      outcome.kind === 'error' && (outcome.reason === 'unreachable' || (outcome.reason === 'status' && (outcome.status ?? 0) >= 500));
    if (!worthAnotherTry || left <= 0 || signal.aborted || deps.clock.now() + pause >= until) return outcome;
    await sleep(deps, pause, signal);
    pause *= 2;
  }
}

/** Runs a capability within its time; rejections and late answers become data. */
export async function runAction(deps: CallDeps, command: ActionCommand, context: ActionContext): Promise<Outcome> {
  const { signal } = context;
  const handler = deps.actions[command.action];
  if (handler === undefined) return { kind: 'error', reason: 'failed' };
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  signal.addEventListener('abort', stop, { once: true });
  let cancel: () => void = () => undefined;
  const late = new Promise<Outcome>((resolve) => {
    cancel = deps.clock.setTimer(command.timeoutMs, () => resolve({ kind: 'error', reason: 'timeout' }));
  });
  try {
    const work = handler(command.params, { ...context, signal: controller.signal }).then((value): Outcome => ({ kind: 'ok', value }));
    return await Promise.race([work, late]);
  } catch (error) {
    deps.log.warn({ action: command.action, err: error }, 'an action failed; the flow takes its error exit');
    return { kind: 'error', reason: 'failed' };
  } finally {
    cancel();
    controller.abort();
    signal.removeEventListener('abort', stop);
  }
}

function sleep(deps: CallDeps, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = deps.clock.setTimer(ms, done);
    signal.addEventListener('abort', done, { once: true });
  });
}
