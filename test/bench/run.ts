import { benchIvr } from './ivr.ts';

/** The benches: `npm run -s bench -- <name> [options]`. Each prints one JSON object per line and nothing else on standard output. */
const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = { ivr: benchIvr };

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  process.stderr.write(`There is no bench "${name}". There are: ${Object.keys(BENCHES).join(', ')}\n`);
  process.exitCode = 2;
} else await bench(args);
