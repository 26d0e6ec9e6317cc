import type { BrandId } from '../../domain/brand.ts';
import { parseCalendars } from '../../domain/calendar-file.ts';
import type { CallbackRules } from '../../domain/callback.ts';
import { type DispositionTree } from '../../domain/disposition.ts';
import { parseDispositions } from '../../domain/disposition-file.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Queue } from '../../domain/queue.ts';
import { missingReferences, parseQueues } from '../../domain/queue-file.ts';
import { parseCatalogue } from '../../flow/catalogue.ts';
import type { DefinitionSource, Definitions } from '../../ports/definitions.ts';
import type { Log } from '../../ports/log.ts';

export interface FloorDefinitions {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly dispositions: ReadonlyMap<string, DispositionTree>;
  /** How people are called back, by callback group. */
  readonly callbackRules: ReadonlyMap<string, CallbackRules>;
}

/**
 * The queues of flows/queues.yaml and the trees of flows/dispositions.yaml, and all that is wrong with them. A queue that cannot be read
 * is left out; one that names what is not there (a prompt, a calendar, a tree) goes on without it.
 */
export function readQueues(
  files: Pick<Definitions, 'queues' | 'dispositions' | 'catalogue' | 'calendars' | 'flows'>,
  brand: BrandId,
): FloorDefinitions & { readonly problems: readonly Problem[] } {
  const { queues, callbacks: callbackRules, problems, references } = parseQueues(files.queues ?? null, brand);
  const parsed = parseDispositions(files.dispositions ?? null);
  const missing = missingReferences(references, {
    prompt: new Set(parseCatalogue(files.catalogue).entries.keys()),
    calendar: new Set(parseCalendars(files.calendars).calendars.keys()),
    dispositions: new Set(parsed.trees.keys()),
    // A flow's file has its name.
    flow: new Set(files.flows.map(({ path }) => path.replace(/^.*\/|\.yaml$/g, ''))),
  });
  return { queues, dispositions: parsed.trees, callbackRules, problems: [...problems, ...parsed.problems, ...missing] };
}

/** Reads them once, for the floor and for the flows that name queues; every problem is logged with its place and remedy. */
export async function loadQueues(definitions: DefinitionSource, brand: BrandId, log: Log): Promise<FloorDefinitions> {
  const { queues, dispositions, callbackRules, problems } = readQueues(await definitions.read(), brand);
  for (const { file: name, line, column, code, message, remedy } of problems)
    log.error({ code, remedy }, `${name}:${line}:${column} ${message}`);
  return { queues, dispositions, callbackRules };
}
