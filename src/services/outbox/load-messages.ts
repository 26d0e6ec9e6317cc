import type { Problem } from '../../domain/problem.ts';
import { parseMessages } from '../../flow/message-catalogue.ts';
import type { MessageDefinitionSource } from '../../ports/definitions.ts';
import type { Log } from '../../ports/log.ts';
import { parseSenders } from './senders-file.ts';
import { parseWebhooks, type Webhooks } from './webhooks-file.ts';
import type { Wording } from './word-message.ts';

const PROBLEMS_LOGGED = 20;

/** Reads what messages say, who they come from and which systems are told; every problem is logged with its place, and what is good is used. */
export async function loadMessages(
  source: MessageDefinitionSource,
  { zone, log }: { readonly zone: string; readonly log: Log },
): Promise<{ readonly wording: Wording; readonly webhooks: Webhooks }> {
  const files = await source.read();
  const messages = parseMessages(files.messages);
  const senders = files.senders === null ? { senders: new Map(), problems: [] } : parseSenders(files.senders);
  const webhooks = files.webhooks === null ? { webhooks: new Map(), problems: [] } : parseWebhooks(files.webhooks);
  // Problems of the messages themselves are told with those of the flows that send them.
  logProblems([...senders.problems, ...webhooks.problems], log);
  return { wording: { messages: messages.entries, senders: senders.senders, zone }, webhooks: webhooks.webhooks };
}

function logProblems(problems: readonly Problem[], log: Log): void {
  for (const { file, line, column, code, message, remedy } of problems.slice(0, PROBLEMS_LOGGED))
    log.error({ code, remedy }, `${file}:${line}:${column} ${message}`);
  if (problems.length > PROBLEMS_LOGGED)
    log.error({ problems: problems.length }, 'senders and webhooks have more problems than are listed here');
}
