import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.ts';
import { hasCode } from '../domain/errors.ts';
import type { Release } from '../flow/release.ts';
import { percentOf } from '../flow/scenario/coverage.ts';
import type { ScenarioReport } from '../flow/scenario/report.ts';
import { runSuite } from '../flow/scenario/suite.ts';
import type { ScenarioSource } from '../ports/scenario-source.ts';
import { checkFiles, printProblem } from './flow-files.ts';
import { coverageLines, resultLines, summaryLine, unreadLines, untoldLines } from './flow-test-report.ts';
import { type CliIo, EXIT } from './io.ts';

const USAGE = `santral flow test [flow…] [options]

Runs the scenarios beside the flows (<flow>.test.yaml): calls told beforehand, played without a telephone in milliseconds.
Says where a call went otherwise, and which nodes and exits no scenario has come through.

  flow…                Only the scenarios of these flows (default: all).
  --coverage-min <n>   Fail where a flow's scenarios come through less than n percent of its nodes and exits.
  --flows <directory>  --sounds <directory>
  --json               Print one JSON object: { ok, problems, results, coverage, untold, unread, leftOut }.

With SANTRAL_FLOW_SCENARIOS=require it fails for flows without scenarios, too.

Exit: 0 when all went as written, 1 when not, 2 for a wrong command line.
`;

const OPTIONS = {
  flows: { type: 'string' },
  sounds: { type: 'string' },
  'coverage-min': { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** `santral flow test`; `args` is what follows those words. Gives the exit code. */
export async function flowTest(args: string[], io: CliIo, scenariosIn: (flowsDir: string) => ScenarioSource): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const least = values['coverage-min'] === undefined ? 0 : Number(values['coverage-min']);
  if (values.help || !(least >= 0 && least <= 100)) {
    (values.help ? io.out : io.err)(USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  try {
    const begun = performance.now();
    const { release, flows, problems, flowsDir } = await checkFiles(io, values);
    const unknown = positionals.find((flow) => !flows.includes(flow));
    const broken = problems.filter(({ severity }) => severity === 'error');
    if (unknown !== undefined || broken.length > 0) {
      io.err(
        unknown === undefined
          ? `${broken.map((one) => printProblem(one)).join('')}The flows have errors.\n`
          : `There is no flow "${unknown}". Flows: ${flows.join(', ') || 'none'}.\n`,
      );
      return EXIT.problems;
    }
    const { zone, brand, typeAheadKeys, flowScenarios, ...limits } = readConfig(io.env, io.cwd);
    const files = (await scenariosIn(flowsDir).read()).filter((file) => isOf(file.path, positionals));
    const report = runSuite(files, { release, zone, brand, typeAheadKeys, limits }, positionals.length === 0 ? null : positionals);
    io.out(values.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report, release, performance.now() - begun));
    const enough = report.coverage.every((one) => percentOf(one) >= least) && (flowScenarios === 'warn' || report.untold.length === 0);
    return report.ok && enough ? EXIT.ok : EXIT.problems;
  } catch (error) {
    if (!hasCode(error, 'request.invalid', 'config.invalid')) throw error;
    io.err(`${error.message}\n`);
    return EXIT.problems;
  }
}

/** A file belongs to the flow it is named after; without names every file is asked for. */
function isOf(file: string, flows: readonly string[]): boolean {
  return flows.length === 0 || flows.some((flow) => path.basename(file).startsWith(`${flow}.`));
}

function reportText(report: ScenarioReport, release: Release, ms: number): string {
  const problems = report.problems.map((one) => printProblem(one));
  const coverage = [...coverageLines(report.coverage, release), ...unreadLines(report.unread), ...untoldLines(report.untold)];
  return [...problems, ...resultLines(report.results), '\n', ...coverage, '\n', summaryLine(report, ms)].join('');
}
