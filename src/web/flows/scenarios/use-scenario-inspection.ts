import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FlowProblem } from '../../api/flow-problems.ts';
import { inspectScenarios } from '../../api/scenarios.ts';
import { FLOWS } from '../queries.ts';
import type { Work } from '../use-work.ts';

/** How long the keys must rest before the engine is asked. */
const REST_MS = 400;

/** What the check says of the scenarios as they are being written, beside the flow's text as it is; undefined before the first answer. */
export function useScenarioInspection({ flow, text, scenarios }: Work): {
  readonly data: readonly FlowProblem[] | undefined;
  readonly error: unknown;
} {
  const [rested] = useDebouncedValue({ text, scenarios }, REST_MS);
  const { data, error } = useQuery({
    queryKey: [...FLOWS, flow, 'scenarios', rested.text, rested.scenarios],
    queryFn: () => inspectScenarios(flow, rested.text, rested.scenarios),
    enabled: rested.text !== '' && rested.scenarios !== '',
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return { data, error };
}
