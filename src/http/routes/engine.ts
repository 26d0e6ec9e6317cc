import type { Config } from '../../config/config.ts';
import type { Setting } from '../../config/setting.ts';
import { SETTINGS, type SettingName } from '../../config/settings.ts';
import { ERROR_CODES, type ErrorCode } from '../../domain/errors.ts';
import { getErrors, getHealth, getHealthDetails, getMetrics, getSettings } from '../contracts/engine.ts';
import type { Health, HealthCheck, HttpDeps } from '../deps.ts';
import { typeOf } from '../problem.ts';
import { type Route, route } from '../route.ts';
import { statusOf } from '../status.ts';
import type { RouteContext } from './context.ts';

/** A check that says nothing for so long counts as down. */
export const HEALTH_MS = 3000;

export function engineRoutes({ deps }: RouteContext): readonly Route[] {
  return [
    route(getHealth, async ({ reply }) => {
      const { engine, asterisk, database, registry } = await healthInTime(deps);
      const ok = engine.ok && asterisk.ok && database.ok;
      void reply.code(ok ? 200 : 503).header('cache-control', 'no-store');
      const lights = { engine: light(engine.ok), asterisk: light(asterisk.ok), database: light(database.ok), registry: light(registry.ok) };
      return { status: light(ok), ...lights };
    }),
    route(getHealthDetails, async () => ({ version: deps.version, ...(await healthInTime(deps)) })),
    route(getMetrics, async ({ reply }) => {
      void reply.type(deps.prometheus.contentType);
      return deps.prometheus.text();
    }),
    route(getSettings, async () => ({ items: viewSettings(deps.config) })),
    route(getErrors, async () => ({
      items: (Object.keys(ERROR_CODES) as ErrorCode[]).map((code) => ({
        code,
        status: statusOf(code),
        type: typeOf(code),
        title: ERROR_CODES[code],
      })),
    })),
  ];
}

function light(ok: boolean): 'ok' | 'down' {
  return ok ? 'ok' : 'down';
}

/** Never rejects and never waits long: a monitor must get its answer when all else hangs. */
async function healthInTime({ health, clock, log }: HttpDeps): Promise<Health> {
  let cancel: (() => void) | undefined;
  const late = new Promise<Health>((resolve) => {
    cancel = clock.setTimer(HEALTH_MS, () => resolve(allDown(`no answer within ${HEALTH_MS} ms`)));
  });
  try {
    return await Promise.race([health(), late]);
  } catch (error) {
    log.error({ err: error }, 'the health check failed');
    return allDown('the check itself failed; the log has the details');
  } finally {
    cancel?.();
  }
}

function allDown(detail: string): Health {
  const check: HealthCheck = { ok: false, detail };
  return { engine: { ok: true, detail: 'answers' }, asterisk: check, database: check, registry: check };
}

function viewSettings(config: Config) {
  return (Object.keys(SETTINGS) as SettingName[]).map((name) => {
    const { env, help, fallback, secret } = SETTINGS[name] as Setting<unknown>;
    const value = config[name];
    const isSet = value !== undefined && value !== '';
    return { name, env, help, fallback: fallback ?? null, secret, isSet, value: secret || !isSet ? null : asText(value) };
  });
}

/** As it would be typed. */
function asText(value: string | number | { readonly from: number; readonly to: number }): string {
  return typeof value === 'object' ? `${value.from}-${value.to}` : String(value);
}
