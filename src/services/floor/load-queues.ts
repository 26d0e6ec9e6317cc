import type { BrandId } from '../../domain/brand.ts';
import type { Queue } from '../../domain/queue.ts';
import { parseQueues } from '../../domain/queue-file.ts';
import type { DefinitionSource, TextFile } from '../../ports/definitions.ts';
import type { Log } from '../../ports/log.ts';

/** The names a flow may wait in. */
export function queueNames(file: TextFile | null): ReadonlySet<string> {
  return new Set(parseQueues(file, NO_BRAND).queues.keys());
}

/** Names are the same whatever brand they belong to. */
const NO_BRAND = '' as BrandId;

/** The queues of flows/queues.yaml; every problem is logged with its place and remedy, and what is good is used. */
export async function loadQueues(definitions: DefinitionSource, brand: BrandId, log: Log): Promise<ReadonlyMap<string, Queue>> {
  const { queues: file = null } = await definitions.read();
  const { queues, problems } = parseQueues(file, brand);
  for (const { file: name, line, column, code, message, remedy } of problems)
    log.error({ code, remedy }, `${name}:${line}:${column} ${message}`);
  return queues;
}
