import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { percentOf } from '../../src/flow/scenario/coverage.ts';
import { planSuite, reportOf, runPlanned } from '../../src/flow/scenario/suite.ts';
import { worldWith } from '../flow/scenario/kit.ts';
import { shippedRelease } from './player.ts';

/** Below this a shipped flow counts as untried. */
const LEAST_PERCENT = 95;

const files = readdirSync('flows').flatMap((name) => {
  const file = path.join('flows', name);
  return name.endsWith('.test.yaml') ? [{ path: file, text: readFileSync(file, 'utf8') }] : [];
});
const world = worldWith(shippedRelease().release);
const suite = planSuite(files, world);
const runs = suite.planned.map((one) => runPlanned(one, world));
/** Every shipped flow; one without scenarios counts as never walked through. */
const told = [...world.release.flows.keys()].toSorted();
const { coverage } = reportOf(suite, runs, world, told);

describe('the scenarios of the shipped flows', () => {
  it('stand beside every flow', () => {
    const untold = told.filter((flow) => !files.some((file) => path.basename(file.path).startsWith(`${flow}.`)));
    expect({ flows: told.length > 0, untold }).toEqual({ flows: true, untold: [] });
  });

  it('are free of problems', () => {
    expect(suite.problems).toEqual([]);
  });

  it.each(runs.map(({ result }) => [`${result.flow}: ${result.name} (${result.language})`, result] as const))(
    '%s',
    (_name, { failure, transcript }) => {
      expect({ failure, transcript }).toEqual({ failure: null, transcript: [] });
    },
  );

  it.each(coverage.map((one) => [one.flow, one] as const))('come through all of %s, in both languages', (flow, one) => {
    expect(percentOf(one), `never taken: ${[...one.untakenNodes, ...one.untakenExits].join(', ')}`).toBeGreaterThanOrEqual(LEAST_PERCENT);
    const languages = new Set(runs.flatMap(({ result }) => (result.flow === flow ? [result.language] : [])));
    expect([...languages].toSorted()).toEqual(['en', 'tr']);
  });
});
