import { afterEach, describe, expect, it } from 'vitest';
import { JOURNAL_KINDS } from '../../src/domain/journal.ts';
import type { Health } from '../../src/http/deps.ts';
import { createPrometheus } from '../../src/http/prometheus.ts';
import { HEALTH_MS } from '../../src/http/routes/engine.ts';
import { type Metrics, NO_METRICS } from '../../src/services/metrics/metrics.ts';
import { virtualClock } from '../kit/virtual-clock.ts';
import { type House, openHouse } from './house.ts';

let house: House;
afterEach(() => house.close());

const fine = { ok: true, detail: 'fine' };
const down = { ok: false, detail: 'connect ECONNREFUSED 127.0.0.1:8088 with password hunter2' };

async function withHealth(health: () => Promise<Health>, clock = virtualClock()) {
  house = await openHouse({ clock, change: (deps) => ({ ...deps, health }) });
  return clock;
}

describe('/health', () => {
  it.each([
    [
      { engine: fine, asterisk: fine, database: fine, registry: fine },
      200,
      { status: 'ok', engine: 'ok', asterisk: 'ok', database: 'ok', registry: 'ok' },
    ],
    [
      { engine: fine, asterisk: down, database: fine, registry: fine },
      503,
      { status: 'down', engine: 'ok', asterisk: 'down', database: 'ok', registry: 'ok' },
    ],
    [
      { engine: fine, asterisk: fine, database: down, registry: fine },
      503,
      { status: 'down', engine: 'ok', asterisk: 'ok', database: 'down', registry: 'ok' },
    ],
    [
      { engine: down, asterisk: fine, database: fine, registry: fine },
      503,
      { status: 'down', engine: 'down', asterisk: 'ok', database: 'ok', registry: 'ok' },
    ],
    // Calls go on without the registry of consents.
    [
      { engine: fine, asterisk: fine, database: fine, registry: down },
      200,
      { status: 'ok', engine: 'ok', asterisk: 'ok', database: 'ok', registry: 'down' },
    ],
  ])('shows each part by itself, to anybody, without details', async (health, status, body) => {
    await withHealth(async () => health);
    const answer = await house.app.inject('/health');
    expect([answer.statusCode, answer.json()]).toEqual([status, body]);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('gives details to supervisors', async () => {
    await withHealth(async () => ({ engine: fine, asterisk: down, database: fine, registry: fine }));
    const answer = await house.app.inject({ url: '/api/v1/health', headers: await house.bearer('supervisor') });
    expect(answer.json()).toEqual({ version: '0.0.0-test', engine: fine, asterisk: down, database: fine, registry: fine });
  });

  it('answers although a check hangs', async () => {
    const clock = await withHealth(() => new Promise(() => undefined));
    const before = clock.pending;
    const asked = house.app.inject('/health');
    await clock.pass(HEALTH_MS);
    expect((await asked).json()).toEqual({ status: 'down', engine: 'ok', asterisk: 'down', database: 'down', registry: 'down' });
    expect(clock.pending).toBe(before);
  });

  it('answers although a check throws', async () => {
    await withHealth(() => Promise.reject(new Error('hunter2')));
    const answer = await house.app.inject('/health');
    expect([answer.statusCode, answer.body.includes('hunter2')]).toEqual([503, false]);
  });
});

describe('/metrics', () => {
  it('is free on this machine, and asks others for a token', async () => {
    house = await openHouse();
    const near = await house.app.inject({ url: '/metrics', remoteAddress: '127.0.0.1' });
    expect(near.statusCode).toBe(200);
    expect(near.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect((await house.app.inject({ url: '/metrics', remoteAddress: '192.0.2.7' })).statusCode).toBe(401);
    expect(
      (await house.app.inject({ url: '/metrics', remoteAddress: '127.0.0.1', headers: { 'x-forwarded-for': '192.0.2.7' } })).statusCode,
    ).toBe(401);
    expect(
      (await house.app.inject({ url: '/metrics', remoteAddress: '192.0.2.7', headers: await house.bearer('supervisor') })).statusCode,
    ).toBe(200);
  });

  it('tells business facts, the process and the event loop', async () => {
    house = await openHouse();
    const { metrics } = house.deps.prometheus;
    metrics.callStarted();
    metrics.callStarted();
    metrics.callResumed();
    metrics.callEnded('caller-hung-up');
    metrics.keyToAction(4);
    metrics.keyDropped();
    metrics.telephonyCommand('play', 1.5, 'ok');
    metrics.telephonyCommand('play', 5000, 'telephony.timeout');
    metrics.telephonyConnection(true);
    metrics.playbackStuck();
    metrics.commit(0.8, true);
    metrics.commit(2, false);
    metrics.legEnded('busy');
    metrics.flowFault('loop');
    metrics.speechRendered(120, 'ok');
    metrics.speechRendered(3000, 'speech.failed');
    house.live.push({} as never, {} as never);
    await house.app.inject('/api/v1/calls/call_01jd9v8q4k0000000000000000');
    await house.app.inject('/somewhere?number=+905550000017');
    const { body } = await house.app.inject('/metrics');
    for (const line of [
      'santral_calls_active 2',
      'santral_calls_started_total 2',
      'santral_calls_resumed_total 1',
      'santral_calls_total{termination="caller-hung-up"} 1',
      'santral_key_to_action_seconds_bucket{le="0.002"} 0',
      'santral_key_to_action_seconds_bucket{le="0.005"} 1',
      'santral_keys_dropped_total 1',
      'santral_telephony_command_seconds_count{command="play"} 2',
      'santral_telephony_errors_total{command="play",code="telephony.timeout"} 1',
      'santral_telephony_up 1',
      'santral_playback_watchdogs_total 1',
      'santral_store_commit_seconds_count 2',
      'santral_store_errors_total 1',
      'santral_legs_total{outcome="busy"} 1',
      'santral_flow_faults_total{code="loop"} 1',
      'santral_speech_render_seconds_count 2',
      'santral_speech_errors_total 1',
      'santral_http_request_seconds_count{method="GET",route="/api/v1/calls/:id",status="401"} 1',
      'santral_http_request_seconds_count{method="GET",route="(none)",status="404"} 1',
    ]) {
      expect(body.split('\n')).toContain(line);
    }
    expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
    expect(body).toMatch(/^process_resident_memory_bytes \d/m);
    expect(body).not.toMatch(/55500000|call_01/);
  });

  it('has a place for every fact, and NO_METRICS knows them all', async () => {
    house = await openHouse();
    const names = (metrics: Metrics) => Object.keys(metrics).toSorted();
    expect(names(NO_METRICS)).toEqual(names(createPrometheus().metrics));
  });
});

describe('what is logged of requests', () => {
  it('names routes, and neither addresses nor queries nor secrets', async () => {
    house = await openHouse();
    const browser = await house.browser('admin');
    await house.app.inject({ url: '/api/v1/numbers/+905550000017?token=hunter2', headers: browser.read });
    await house.app.inject({
      method: 'PUT',
      url: '/api/v1/numbers/+905550000017',
      headers: browser.write,
      payload: { flow: 'main-menu', language: 'tr' },
    });
    const text = JSON.stringify(house.logged);
    expect(text).toContain('/api/v1/numbers/:did');
    expect(text).not.toMatch(/5550000017|hunter2|snt_/);
  });

  it('lets every kind of journal line through', async () => {
    house = await openHouse();
    const call = house.newCall();
    await house.happen(call, JOURNAL_KINDS);
    const answer = await house.app.inject({ url: `/api/v1/calls/${call.id}/events`, headers: await house.bearer('admin') });
    expect(answer.json().items.map(({ kind }: { kind: string }) => kind)).toEqual(JOURNAL_KINDS);
  });
});
