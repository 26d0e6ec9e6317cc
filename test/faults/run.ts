import { callbackKill } from './callback-kill.ts';
import { campaignKill } from './campaign-kill.ts';
import { campaignRun } from './campaign-run.ts';
import { twoEngines } from './two-engines.ts';

/**
 * Faults: `npm run -s faults -- <name> [options]`. Each does something bad to a real engine, prints one JSON object per
 * line and nothing else on standard output, and gives what went wrong: the process then ends with 1.
 */
const FAULTS: Readonly<Record<string, (args: readonly string[]) => Promise<readonly string[]>>> = {
  'callback-kill': callbackKill,
  'campaign-kill': campaignKill,
  'campaign-run': campaignRun,
  'two-engines': twoEngines,
};

const [name = '', ...args] = process.argv.slice(2);
const fault = FAULTS[name];
if (fault === undefined) {
  process.stderr.write(`There is no fault "${name}". There are: ${Object.keys(FAULTS).join(', ')}\n`);
  process.exitCode = 2;
} else {
  const wrong = await fault(args);
  if (wrong.length > 0) {
    process.stderr.write(`This went wrong:\n  ${wrong.join('\n  ')}\n`);
    process.exitCode = 1;
  }
}
