#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { usePlainEnvironment } from '../config/plain-environment.ts';
import { EXIT, type InteractiveIo } from './io.ts';

/** One command: its words, a line of help, and what runs it. Modules are loaded when their command is called. */
interface Command {
  readonly words: readonly string[];
  readonly help: string;
  run(args: string[], io: InteractiveIo): Promise<number> | number;
}

export const COMMANDS: readonly Command[] = [
  {
    words: ['flow', 'check'],
    help: 'Report every problem of the flows, with file, line and remedy.',
    run: async (args, io) => (await import('./flow-check.ts')).flowCheck(args, io),
  },
  {
    words: ['flow', 'run'],
    help: 'Play a flow in the terminal, without Asterisk.',
    run: async (args, io) => {
      const [{ flowRun }, { openTrialStores }] = await Promise.all([import('./flow-run.ts'), import('./command-stores.ts')]);
      return flowRun(args, io, () => openTrialStores(io));
    },
  },
  {
    words: ['flow', 'test'],
    help: 'Run the scenarios beside the flows.',
    run: async (args, io) => {
      const [{ flowTest }, { scenarioFiles }] = await Promise.all([import('./flow-test.ts'), import('../files/scenario-files.ts')]);
      return flowTest(args, io, (flowsDir) => scenarioFiles(flowsDir));
    },
  },
  {
    words: ['dealers', 'import'],
    help: 'Load dealers from a CSV, XLSX or JSON file.',
    run: async (args, io) => {
      const [{ dealersImport }, { openCommandStores }] = await Promise.all([import('./dealers-import.ts'), import('./command-stores.ts')]);
      return dealersImport(args, io, () => openCommandStores(io));
    },
  },
  {
    words: ['appointments', 'import'],
    help: 'Load services, calendars and customers from a YAML file.',
    run: async (args, io) => {
      const [{ appointmentsImport }, { openCommandStores }] = await Promise.all([
        import('./appointments-import.ts'),
        import('./command-stores.ts'),
      ]);
      return appointmentsImport(args, io, () => openCommandStores(io));
    },
  },
  {
    words: ['customers', 'import'],
    help: 'Load customers or segments from a CSV, XLSX or JSON file.',
    run: async (args, io) => {
      const [{ customersImport }, { openCommandImports }] = await Promise.all([
        import('./customers-import.ts'),
        import('./command-stores.ts'),
      ]);
      return customersImport(args, io, () => openCommandImports(io));
    },
  },
  {
    words: ['lists', 'import'],
    help: 'Load people whom campaigns call into a list, from a CSV, XLSX or JSON file.',
    run: async (args, io) => {
      const [{ listsImport }, { openCommandImports }] = await Promise.all([import('./lists-import.ts'), import('./command-stores.ts')]);
      return listsImport(args, io, () => openCommandImports(io));
    },
  },
  {
    words: ['outbox', 'list'],
    help: 'List messages that could not be sent.',
    run: async (args, io) => {
      const [{ outboxList }, { openCommandStores }] = await Promise.all([import('./outbox.ts'), import('./command-stores.ts')]);
      return outboxList(args, io, () => openCommandStores(io));
    },
  },
  {
    words: ['outbox', 'replay'],
    help: 'Send dead letters again.',
    run: async (args, io) => {
      const [{ outboxReplay }, { openCommandStores }] = await Promise.all([import('./outbox.ts'), import('./command-stores.ts')]);
      return outboxReplay(args, io, () => openCommandStores(io));
    },
  },
  {
    words: ['webhooks'],
    help: 'Show the webhooks and their secrets.',
    run: async (args, io) => {
      const [{ showWebhooks }, { messageFiles }] = await Promise.all([import('./show-webhooks.ts'), import('../files/message-files.ts')]);
      return showWebhooks(args, io, messageFiles);
    },
  },
  {
    words: ['asterisk', 'render'],
    help: 'Write the configuration for an Asterisk that runs elsewhere.',
    run: async (args, io) => {
      const [{ asteriskRender }, { renderPackaged }] = await Promise.all([
        import('./asterisk-render.ts'),
        import('../asterisk/provision/render-packaged.ts'),
      ]);
      return asteriskRender(args, io, renderPackaged);
    },
  },
  {
    words: ['config'],
    help: 'Show every setting and its value.',
    run: async (args, io) => (await import('./show-config.ts')).showConfig(args, io),
  },
];

/** The `santral` command; `args` is what follows its name. Gives the exit code. */
export async function santral(args: readonly string[], io: InteractiveIo = processIo()): Promise<number> {
  const command = COMMANDS.find(({ words }) => words.every((word, index) => args[index] === word));
  if (command === undefined) return help(args, io);
  try {
    return await command.run(args.slice(command.words.length), io);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    io.err(`${error.message}\nSee: santral ${command.words.join(' ')} --help\n`);
    return EXIT.usage;
  }
}

function help(args: readonly string[], io: InteractiveIo): number {
  const asked = args.length === 0 || args[0] === 'help' || args.includes('--help') || args.includes('-h');
  const lines = COMMANDS.map(({ words, help: line }) => `  ${words.join(' ').padEnd(20)} ${line}`);
  const text = ['Usage: santral <command> [options]', '', ...lines, '', '  santral <command> --help tells more about one.', ''].join('\n');
  if (asked) io.out(text);
  else io.err(`There is no command "${args.join(' ')}".\n\n${text}`);
  return asked ? EXIT.ok : EXIT.usage;
}

/** What node:util's parseArgs throws for an option that does not exist. */
function isUsageError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_PARSE_ARGS');
}

function processIo(): InteractiveIo {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
  };
}

/** Called as a program (also through npm's link), not imported. */
function isMain(): boolean {
  const called = process.argv[1];
  return called !== undefined && path.basename(called).startsWith('santral') && realpathSync(called) === fileURLToPath(import.meta.url);
}

if (isMain()) {
  usePlainEnvironment();
  process.exitCode = await santral(process.argv.slice(2));
}
