import { SantralError } from '../../domain/errors.ts';
import type { Release } from '../../flow/release.ts';
import type { Draft } from '../../ports/drafts.ts';
import { fieldErrorOf } from '../flows/publisher.ts';
import type { FlowSource, Releases } from '../flows/releases.ts';
import { MOST_TEXT } from './limits.ts';
import type { SimulationOrder } from './order.ts';

/** Where texts are found. */
interface Texts {
  readonly releases: Pick<Releases, 'newest' | 'propose'>;
  readonly draft: (flow: string) => Promise<Draft | undefined>;
}

/** The flows a simulation runs on. Rejects with `flow.unknown`, `flow.invalid`, `request.not-found` or `request.too-large`. */
export async function releaseFor(order: SimulationOrder, deps: Texts): Promise<Release> {
  const changes = await changesOf(order, deps);
  const release = changes === null ? deps.releases.newest() : await proposed(changes, order.flow, deps);
  if (release?.flows.has(order.flow) !== true) throw new SantralError('flow.unknown', `There is no flow "${order.flow}".`);
  return release;
}

async function changesOf({ flow, source }: SimulationOrder, { draft }: Pick<Texts, 'draft'>): Promise<readonly FlowSource[] | null> {
  switch (source.kind) {
    case 'published':
      return null;
    case 'draft': {
      const found = await draft(flow);
      if (found === undefined) throw new SantralError('request.not-found', `There is no draft of ${flow}.`);
      return [{ flow, source: found.source }];
    }
    case 'text':
      if (source.flows.reduce((sum, one) => sum + one.source.length, 0) > MOST_TEXT)
        throw new SantralError('request.too-large', `The texts hold more than ${MOST_TEXT} characters together.`);
      return source.flows;
  }
}

/** Faults of other flows do not matter as long as this one runs. */
async function proposed(changes: readonly FlowSource[], flow: string, { releases }: Pick<Texts, 'releases'>): Promise<Release> {
  const { release, problems } = await releases.propose(changes);
  const files = new Set(changes.map((one) => `${one.flow}.yaml`));
  const errors = problems.filter(({ severity, file }) => severity === 'error' && files.has(file));
  if (errors.length === 0 && release.flows.has(flow)) return release;
  throw new SantralError('flow.invalid', `${flow} cannot be tried: ${errors.length} fault(s); \`errors\` names them.`, {
    details: { errors: errors.map(fieldErrorOf) },
  });
}
