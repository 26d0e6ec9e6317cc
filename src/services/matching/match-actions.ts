import { VERIFY_FIELDS } from '../../domain/matching/customer-record.ts';
import type { Value } from '../../domain/value.ts';
import type { ActionHandler } from '../../ports/actions.ts';
import type { Clock } from '../../ports/clock.ts';
import { neededParam, refused } from '../appointments/action-params.ts';
import { whoAsks } from '../appointments/booking-actions.ts';
import { createLookUpGuard } from '../appointments/look-up-guard.ts';
import type { Matching } from './matching.ts';
import type { FoundSegment, Segments } from './segments.ts';

type MatchAction = 'segments.find' | 'callers.identify' | 'callers.answer';

/** What flows do to know who calls. Nothing of a customer is told to the flow: agents are shown it. */
export function matchActions(deps: {
  readonly segments: Pick<Segments, 'find'>;
  readonly matching: Pick<Matching, 'identified' | 'preVerified'>;
  readonly clock: Pick<Clock, 'now'>;
}): Record<MatchAction, ActionHandler> {
  const guarded = createLookUpGuard(deps.clock);
  return {
    'segments.find': async (_params, { brand, call, signal }) => spoken(await deps.segments.find(brand, call.person, signal)),

    'callers.identify': async (params, context) => {
      const customerNo = neededParam(params, 'customer');
      const found = await guarded(whoAsks(context), async () =>
        (await deps.matching.identified(context.call.id, customerNo)) ? true : undefined,
      );
      return found.kind === 'none' ? null : { kind: found.kind };
    },

    'callers.answer': async (params, { call }) => {
      const field = VERIFY_FIELDS.find((one) => one === neededParam(params, 'field'));
      if (field === undefined) throw refused('field', `one of ${VERIFY_FIELDS.join(', ')}`);
      await deps.matching.preVerified(call.id, field, neededParam(params, 'answer'));
      return true;
    },
  };
}

function spoken({ segment, from, failed }: FoundSegment): Value {
  const { name, label, class: level, queue, skills, greeting } = segment;
  return {
    name,
    label: { ...label },
    class: level ?? '',
    queue: queue ?? '',
    skills: { ...skills },
    greeting: greeting ?? '',
    from,
    failed: failed ?? '',
  };
}
