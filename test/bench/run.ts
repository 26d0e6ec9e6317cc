import { benchAcd } from './acd.ts';
import { benchDialler } from './dialler.ts';
import { benchFlow } from './flow.ts';
import { benchImport } from './import.ts';
import { benchIvr } from './ivr.ts';
import { benchMatch } from './match.ts';
import { benchPop } from './pop.ts';
import { benchReports } from './reports.ts';
import { benchSlots } from './slots.ts';

/**
 * The benches: `npm run -s bench -- <name> [options]`. Each prints one JSON object per line and nothing else on
 * standard output, and gives why its figures cannot be trusted: the process then ends with 1.
 */
const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<readonly string[]>>> = {
  acd: benchAcd,
  dialler: benchDialler,
  ivr: benchIvr,
  flow: benchFlow,
  slots: benchSlots,
  match: benchMatch,
  pop: benchPop,
  import: benchImport,
  reports: benchReports,
};

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  process.stderr.write(`There is no bench "${name}". There are: ${Object.keys(BENCHES).join(', ')}\n`);
  process.exitCode = 2;
} else {
  const doubts = await bench(args);
  if (doubts.length > 0) {
    process.stderr.write(`The figures cannot be trusted:\n  ${doubts.join('\n  ')}\n`);
    process.exitCode = 1;
  }
}
