import type { Attempts } from '../../../domain/attempts.ts';
import type { DirectoryRef, Telephone } from '../../../domain/directory.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Language } from '../../../domain/language.ts';
import { maskNumber } from '../../../domain/mask-number.ts';
import { parsePhoneNumber } from '../../../domain/phone-number.ts';
import type { Queue } from '../../../domain/queue.ts';
import type { Floor } from '../../floor/floor-shape.ts';
import type { TransferTarget } from '../../floor/seat.ts';
import { dialledLine } from '../hunt-lines.ts';
import type { Reach } from './reached.ts';

export interface ReachNeeds {
  readonly floor: Pick<Floor, 'profile'>;
  readonly queues: ReadonlyMap<string, Queue>;
  /** Asterisk's endpoint of a telephone; undefined for what cannot be dialled. */
  readonly endpointFor: (telephone: Telephone) => string | undefined;
  /** Whom to ring for somebody of the directory, at this moment. */
  readonly attempts: (ref: DirectoryRef) => Attempts;
  /** How long a number that an agent named is rung (ms). */
  readonly ringMs: number;
  readonly language: Language;
}

/** How whom an agent names is reached. A number that cannot be one, or that nobody may dial, is nobody. */
export function createReach(needs: ReachNeeds): (to: TransferTarget) => Reach | undefined {
  const { floor, queues, endpointFor, language, ringMs } = needs;

  function department(id: string): Reach | undefined {
    const found = needs.attempts({ kind: 'department', id });
    if (found.kind === 'unknown') return undefined;
    const label = found.label[language];
    if (found.kind === 'closed') return { kind: 'closed', label };
    const rounds = found.rounds.map((round) => round.flatMap((line) => dialledLine(line, endpointFor) ?? []));
    return { kind: 'lines', rounds, label };
  }

  function number(written: string): Reach | undefined {
    const parsed = parsePhoneNumber(written);
    const endpoint = parsed.kind === 'ok' ? endpointFor({ kind: 'number', number: parsed.e164 }) : undefined;
    if (endpoint === undefined) return undefined;
    const label = maskNumber(written);
    return { kind: 'lines', rounds: [[{ endpoint, shown: endpoint, name: label, ringMs, accept: 'answer', language }]], label };
  }

  return ({ kind, id }) => {
    switch (kind) {
      case 'agent': {
        const profile = floor.profile(id as UserId);
        return profile === undefined ? undefined : { kind: 'agent', agent: profile.userId, label: profile.displayName };
      }
      case 'queue': {
        const queue = queues.get(id);
        return queue === undefined ? undefined : { kind: 'queue', queue: queue.id, label: queue.label[language] };
      }
      case 'department':
        return department(id);
      case 'number':
        return number(id);
    }
  };
}
