import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import { appendScenario } from '../../flow/scenario/append.ts';
import type { PlayedCall } from '../../flow/scenario/played-call.ts';
import { readScenarios } from '../../flow/scenario/read.ts';
import { runScenario } from '../../flow/scenario/run.ts';
import type { FlowLimits } from '../../flow/world.ts';
import type { Simulation } from './simulation.ts';

/** A scenario file with one more scenario. */
export interface WrittenScenario {
  readonly text: string;
  /** Whether it goes as the call went; else something was done that scenarios have no words for, such as keys while a look-up is under way. */
  readonly same: boolean;
}

/** What scenarios are run with, besides the flows. */
export interface RecordDeps {
  readonly zone: string;
  readonly brand: BrandId;
  readonly limits: FlowLimits;
  readonly typeAheadKeys: number;
}

/** Writes down what was played in a simulation. */
export function writtenOf(simulation: Simulation, into: string, name: string, deps: RecordDeps): WrittenScenario {
  const { flow, trigger, begun, random, steps } = simulation;
  const call: PlayedCall = { flow, trigger, world: { now: begun, random }, steps };
  const appended = appendScenario(into, call, name);
  if (appended.kind === 'unreadable')
    throw new SantralError('request.invalid', 'The scenarios cannot be read: mend their text first, each scenario with a dash before it.');
  return { text: appended.text, same: goesAsPlayed(appended.text, simulation, deps) };
}

/** Judged as it stands in its file, whose head holds for every scenario below it. */
function goesAsPlayed(text: string, { flow, trigger, release }: Simulation, deps: RecordDeps): boolean {
  const { zone, brand, limits, typeAheadKeys } = deps;
  const { file } = readScenarios({ path: `${flow}.test.yaml`, text });
  const scenario = file?.scenarios.at(-1);
  if (file?.flow !== flow || scenario === undefined) return false;
  return runScenario(flow, scenario, trigger.language, { release, zone, brand, limits, typeAheadKeys }).result.failure === null;
}
