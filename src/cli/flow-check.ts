import { parseArgs } from 'node:util';
import { hasCode } from '../domain/errors.ts';
import type { Problem } from '../domain/problem.ts';
import { checkFiles, printProblem } from './flow-files.ts';
import { type CliIo, EXIT } from './io.ts';

const USAGE = `santral flow check [directory] [--sounds <directory>] [--info] [--json]

Reports every problem of the flows, their prompts, calendars, numbers, surveys, queues, dispositions and web forms at once: file, line,
column, a code, what is wrong, and what to do about it.

  directory            Where the flows are (default: SANTRAL_FLOWS).
  --sounds <directory> Where the prompts are (default: SANTRAL_SOUNDS).
  --info               Show remarks, too: exits that take the built-in end, options that begin one another.
  --json               Print one JSON object: { errors, warnings, flows, problems }.

Exit: 0 without errors (warnings may be there), 1 with errors, 2 for a wrong command line.
`;

/** `santral flow check`; `args` is what follows those words. Gives the exit code. */
export async function flowCheck(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      sounds: { type: 'string' },
      json: { type: 'boolean', default: false },
      info: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [dir, ...more] = positionals;
  if (values.help || more.length > 0) {
    (values.help ? io.out : io.err)(USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  try {
    const { problems, flows } = await checkFiles(io, { flows: dir, sounds: values.sounds });
    const errors = count(problems, 'error');
    const warnings = count(problems, 'warning');
    if (values.json) io.out(`${JSON.stringify({ errors, warnings, flows, problems }, null, 2)}\n`);
    else io.out(report(problems, flows, errors, warnings, values.info));
    return errors > 0 ? EXIT.problems : EXIT.ok;
  } catch (error) {
    if (!hasCode(error, 'request.invalid', 'config.invalid')) throw error;
    io.err(values.json ? `${JSON.stringify({ code: error.code, message: error.message })}\n` : `${error.message}\n`);
    return EXIT.problems;
  }
}

function report(problems: readonly Problem[], flows: readonly string[], errors: number, warnings: number, info: boolean): string {
  const shown = problems.filter(({ severity }) => info || severity !== 'info').map(printProblem);
  const remarks = info ? 0 : count(problems, 'info');
  const tail = remarks === 0 ? '' : ` (${many(remarks, 'remark')} with --info)`;
  return `${shown.join('')}${many(flows.length, 'flow')}: ${many(errors, 'error')}, ${many(warnings, 'warning')}${tail}\n`;
}

function count(problems: readonly Problem[], severity: Problem['severity']): number {
  return problems.filter((problem) => problem.severity === severity).length;
}

function many(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
