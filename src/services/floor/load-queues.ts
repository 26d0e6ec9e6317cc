import type { BrandId } from '../../domain/brand.ts';
import { type DispositionTree } from '../../domain/disposition.ts';
import { parseDispositions } from '../../domain/disposition-file.ts';
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

export interface FloorDefinitions {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly dispositions: ReadonlyMap<string, DispositionTree>;
}

/** The queues of flows/queues.yaml and the trees of flows/dispositions.yaml; every problem is logged with its place and remedy, and what is good is used. */
export async function loadQueues(definitions: DefinitionSource, brand: BrandId, log: Log): Promise<FloorDefinitions> {
  const files = await definitions.read();
  const { queues, problems: ofQueues } = parseQueues(files.queues ?? null, brand);
  const parsed = parseDispositions(files.dispositions ?? null);
  const problems = [...ofQueues, ...parsed.problems];
  for (const { file: name, line, column, code, message, remedy } of problems)
    log.error({ code, remedy }, `${name}:${line}:${column} ${message}`);
  return { queues, dispositions: parsed.trees };
}
