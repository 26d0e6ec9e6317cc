import type { UserId } from '../../../domain/ids.ts';
import { maskNumber } from '../../../domain/mask-number.ts';
import { parsePhoneNumber } from '../../../domain/phone-number.ts';
import type { Queue } from '../../../domain/queue.ts';
import type { Floor } from '../../floor/floor-shape.ts';
import type { TransferTarget } from '../../floor/seat.ts';
import type { Reach } from './reached.ts';

export interface ReachNeeds {
  readonly floor: Pick<Floor, 'profile'>;
  readonly queues: ReadonlyMap<string, Queue>;
  /** Asterisk's endpoint of a number; undefined for what cannot be dialled. */
  readonly endpointFor: (number: string) => string | undefined;
  /** A department's numbers in the order in which they are tried; undefined: there is no such department. */
  readonly department?: (id: string) => { readonly label: string; readonly numbers: readonly string[] } | undefined;
}

/** How whom an agent names is reached. A number that cannot be one, or that nobody may dial, is nobody. */
export function createReach({ floor, queues, endpointFor, department }: ReachNeeds): (to: TransferTarget) => Reach | undefined {
  function lines(numbers: readonly string[], label: string): Reach | undefined {
    const endpoints = numbers.flatMap((number) => {
      const parsed = parsePhoneNumber(number);
      return parsed.kind === 'ok' ? (endpointFor(parsed.e164) ?? []) : [];
    });
    return endpoints.length === 0 ? undefined : { kind: 'lines', endpoints, label };
  }

  return ({ kind, id }) => {
    switch (kind) {
      case 'agent': {
        const profile = floor.profile(id as UserId);
        return profile === undefined ? undefined : { kind: 'agent', agent: profile.userId, label: profile.displayName };
      }
      case 'queue': {
        const queue = queues.get(id);
        return queue === undefined ? undefined : { kind: 'queue', queue: queue.id, label: queue.label.tr };
      }
      case 'department': {
        const found = department?.(id);
        return found === undefined ? undefined : lines(found.numbers, found.label);
      }
      case 'number':
        return lines([id], maskNumber(id));
    }
  };
}
