import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.ts';
import { SantralError } from '../domain/errors.ts';
import { parseId } from '../domain/ids.ts';
import { maskNumbersIn } from '../domain/mask-number.ts';
import { MESSAGE_CHANNELS, MESSAGE_STATES, type MessageChannel, type MessageState } from '../domain/message.ts';
import type { Changed, MessageFilter, OutboxStore, StoredMessage } from '../ports/outbox.ts';
import type { Stores } from '../ports/stores.ts';
import { type CliIo, EXIT } from './io.ts';

const LIST_USAGE = `santral outbox list [--state <state>] [--channel <channel>] [--limit <n>] [--json]

Lists messages of the outbox, newest first; dead letters when nothing is said. Recipients are masked.

  --state <state>      ${MESSAGE_STATES.join(', ')}, or all.
  --channel <channel>  ${MESSAGE_CHANNELS.join(', ')}.
  --limit <n>          How many at most (default 50).
  --json               One JSON object a line.
`;
const REPLAY_USAGE = `santral outbox replay <id>… | --all [--channel <channel>]

Queues dead letters again, with all their attempts; a running engine sends them within seconds.

Exit: 0 when all were queued, 1 when one could not be, 2 for a wrong command line.
`;
const MOST = 1000;

type Open = () => Promise<Stores>;

/** `santral outbox list`. Gives the exit code. */
export async function outboxList(args: string[], io: CliIo, open: Open): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      state: { type: 'string', default: 'dead' },
      channel: { type: 'string' },
      limit: { type: 'string', default: '50' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return say(io, LIST_USAGE);
  const filter = filterOf(values.state, values.channel, values.limit);
  if (filter === undefined) return wrong(io, LIST_USAGE);
  return withOutbox(io, open, async (outbox) => {
    const { brand } = readConfig(io.env, io.cwd);
    const found = (await outbox.list({ ...filter, brand })).map(masked);
    io.out(values.json ? found.map((one) => `${JSON.stringify(one)}\n`).join('') : table(found));
    return EXIT.ok;
  });
}

/** `santral outbox replay`. Gives the exit code. */
export async function outboxReplay(args: string[], io: CliIo, open: Open): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      channel: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return say(io, REPLAY_USAGE);
  const channel = channelOf(values.channel);
  if (channel === null || values.all === positionals.length > 0 || (!values.all && values.channel !== undefined))
    return wrong(io, REPLAY_USAGE);
  return withOutbox(io, open, async (outbox) => {
    const { brand } = readConfig(io.env, io.cwd);
    if (values.all) {
      const count = await outbox.replayAll({ brand, ...(channel === undefined ? {} : { channel }) }, Date.now());
      io.out(`${count} ${count === 1 ? 'dead letter is' : 'dead letters are'} queued again.\n`);
      return EXIT.ok;
    }
    let failed = false;
    for (const text of positionals) failed = (await replayOne(outbox, text, io)) !== 'done' || failed;
    return failed ? EXIT.problems : EXIT.ok;
  });
}

const OUTCOMES: Readonly<Record<Changed, string>> = {
  done: 'is queued again',
  unknown: 'is not in the outbox',
  'wrong-state': 'is no dead letter',
  wiped: 'has been wiped: what it said is not known any more',
};

async function replayOne(outbox: OutboxStore, text: string, io: CliIo): Promise<Changed> {
  const id = parseId('message', text);
  const changed = id === undefined ? 'unknown' : await outbox.replay(id, Date.now());
  (changed === 'done' ? io.out : io.err)(`${text} ${OUTCOMES[changed]}.\n`);
  return changed;
}

function filterOf(state: string, channel: string | undefined, limit: string): MessageFilter | undefined {
  const wanted = channelOf(channel);
  const known = MESSAGE_STATES.find((one) => one === state);
  const most = /^\d{1,6}$/.test(limit) ? Number(limit) : 0;
  if ((known === undefined && state !== 'all') || wanted === null || most < 1 || most > MOST) return undefined;
  const states: { state?: MessageState } = known === undefined ? {} : { state: known };
  return { ...states, ...(wanted === undefined ? {} : { channel: wanted }), limit: most };
}

/** null: there is no such channel. */
function channelOf(text: string | undefined): MessageChannel | undefined | null {
  return text === undefined ? undefined : (MESSAGE_CHANNELS.find((one) => one === text) ?? null);
}

function masked(message: StoredMessage): StoredMessage {
  const { to } = message;
  return { ...message, to: to === null ? null : maskNumbersIn(to).replace(/^(.)[^@]*@/, '$1***@') };
}

function table(messages: readonly StoredMessage[]): string {
  if (messages.length === 0) return 'There are none.\n';
  const lines = messages.map(({ id, channel, template, state, attempts, createdAt, to, reason }) =>
    [id, new Date(createdAt).toISOString(), channel, template, state, `${attempts}×`, to ?? '(wiped)', reason ?? ''].join('  '),
  );
  return `${lines.join('\n')}\n`;
}

async function withOutbox(io: CliIo, open: Open, use: (outbox: OutboxStore) => Promise<number>): Promise<number> {
  try {
    const stores = await open();
    try {
      return await use(stores.outbox);
    } finally {
      await stores.close();
    }
  } catch (error) {
    if (!(error instanceof SantralError)) throw error;
    io.err(`${error.message}\n`);
    return EXIT.problems;
  }
}

function say(io: CliIo, text: string): number {
  io.out(text);
  return EXIT.ok;
}

function wrong(io: CliIo, usage: string): number {
  io.err(usage);
  return EXIT.usage;
}
