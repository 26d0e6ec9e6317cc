import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Inspection, inspect } from '../api/workshop.ts';
import { FLOWS } from './queries.ts';

/** How long the keys must rest before the engine is asked. */
const REST_MS = 400;

/** What the checker says of the text as it is being written, and how it looks: the last answer until the next is there. */
export function useInspection(
  flow: string,
  text: string,
): { readonly data: Inspection | undefined; readonly error: unknown; readonly settled: boolean } {
  const [rested] = useDebouncedValue(text, REST_MS);
  const query = useQuery({
    queryKey: [...FLOWS, flow, 'inspection', rested],
    queryFn: () => inspect(flow, rested),
    enabled: rested !== '',
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return { data: query.data, error: query.error, settled: rested === text && query.isSuccess && !query.isPlaceholderData };
}
