import { describe, expect, it } from 'vitest';
import type { BrandId } from '../../../src/domain/brand.ts';
import { createScenarioGate } from '../../../src/services/flows/scenario-gate.ts';
import { LIMITS, release } from '../../flow/kit.ts';
import { FLOW, scenarioOf } from '../../flow/scenario/kit.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';

const GREEN = { path: 'flows/main.test.yaml', text: scenarioOf('- hears: test.menu') };
const RED = { path: 'flows/main.more.test.yaml', text: scenarioOf('- hears: test.help') };
const candidate = { release: release({ main: FLOW }) };

function gateOf(files: readonly { readonly path: string; readonly text: string }[], clock = virtualClock()) {
  const scenarios = { read: async () => files };
  return createScenarioGate({ scenarios, clock, zone: 'Europe/Istanbul', brand: 'santral' as BrandId, limits: LIMITS, typeAheadKeys: 32 });
}

describe('the gate of publishing', () => {
  it('is open for a release whose scenarios go as written, and without scenarios', async () => {
    expect(await gateOf([GREEN]).run(candidate)).toMatchObject({ ok: true, problems: [], leftOut: 0, results: [{ failure: null }] });
    expect(await gateOf([]).run(candidate)).toMatchObject({ ok: true, results: [] });
  });

  it('is closed by one that goes otherwise, by a file that cannot be run, and by one of a flow that is gone', async () => {
    expect(await gateOf([GREEN, RED]).run(candidate)).toMatchObject({
      ok: false,
      results: [{ failure: null }, { failure: { step: 'hears: test.help' } }],
    });
    expect(await gateOf([{ path: 'flows/main.test.yaml', text: 'flow: [' }]).run(candidate)).toMatchObject({ ok: false, results: [] });
    const gone = { path: 'gone.test.yaml', text: GREEN.text.replace('flow: main', 'flow: gone') };
    expect(await gateOf([gone]).run(candidate)).toMatchObject({ ok: false, problems: [{ code: 'scenario.unknown-flow' }] });
  });

  it('tells the coverage of the flows that are asked for', async () => {
    expect((await gateOf([GREEN]).run({ ...candidate, flows: [] })).coverage).toEqual([]);
    expect((await gateOf([GREEN]).run({ ...candidate, flows: ['main'] })).coverage).toMatchObject([{ flow: 'main' }]);
  });

  it('tells which of the flows that are asked for have no scenarios', async () => {
    expect((await gateOf([GREEN]).run(candidate)).untold).toEqual([]);
    expect((await gateOf([]).run({ ...candidate, flows: ['main'] })).untold).toEqual(['main']);
  });

  it('takes given files in place of those of the same name', async () => {
    const gate = gateOf([GREEN]);
    expect(await gate.run({ ...candidate, scenarios: [{ path: 'main.test.yaml', text: RED.text }] })).toMatchObject({
      ok: false,
      results: [{}],
    });
    expect((await gate.run({ ...candidate, scenarios: [RED] })).results).toHaveLength(2);
  });

  it('runs those of one flow alone where only they are asked for', async () => {
    const other = { path: 'flows/main-menu.test.yaml', text: 'flow: main-menu' };
    expect(await gateOf([GREEN, other]).run({ ...candidate, only: 'main' })).toMatchObject({ ok: true, problems: [], results: [{}] });
    expect((await gateOf([GREEN, other]).run(candidate)).problems).not.toEqual([]);
  });

  it('leaves out what there is no time for, and says so: that is not green', async () => {
    const clock = virtualClock();
    let reads = 0;
    // Each look at the clock takes eleven seconds.
    const slow = { ...clock, now: () => 11_000 * (reads += 1), setTimer: (_ms: number, fire: () => void) => (fire(), () => undefined) };
    const report = await gateOf([GREEN, RED, { path: 'flows/main.last.test.yaml', text: GREEN.text }], slow as typeof clock).run(candidate);
    expect(report).toMatchObject({ ok: false, leftOut: 2, results: [{ failure: null }] });
  });

  it('runs one release at a time, lets two wait and turns the rest away', async () => {
    let reading = 0;
    let most = 0;
    const doors: (() => void)[] = [];
    const scenarios = {
      async read() {
        reading += 1;
        most = Math.max(most, reading);
        await new Promise<void>((open) => doors.push(open));
        reading -= 1;
        return [GREEN];
      },
    };
    const settings = { zone: 'Europe/Istanbul', brand: 'santral' as BrandId, limits: LIMITS, typeAheadKeys: 32 };
    const gate = createScenarioGate({ scenarios, clock: virtualClock(), ...settings });
    const runs = [gate.run(candidate), gate.run(candidate), gate.run(candidate)];
    await expect(gate.run(candidate)).rejects.toMatchObject({
      code: 'request.too-many',
      message: expect.stringMatching(/^Scenarios of other flows are being run/),
    });
    for (const run of runs) {
      doors.shift()?.();
      expect((await run).ok).toBe(true);
    }
    expect(most).toBe(1);
  });

  it('makes room for calls between scenarios', async () => {
    const many = Array.from(
      { length: 200 },
      (_, i) => `  - { name: "${i}", language: tr, steps: [presses: 1, presses: 4711, hears: test.menu] }\n`,
    );
    const clock = virtualClock();
    let paused = 0;
    let looks = 0;
    const counted = {
      ...clock,
      now: () => (looks += 1) * 10,
      setTimer: (_ms: number, fire: () => void) => ((paused += 1), fire(), () => undefined),
    };
    const gate = gateOf([{ path: 'flows/main.test.yaml', text: `flow: main\nscenarios:\n${many.join('')}` }], counted as typeof clock);
    expect((await gate.run(candidate)).ok).toBe(true);
    expect(paused).toBeGreaterThan(50);
  });
});
