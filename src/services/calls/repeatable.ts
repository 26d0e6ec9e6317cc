import type { Input } from '../../flow/commands.ts';
import type { Turn } from '../../flow/interpreter.ts';

/** The caller alone led to the turn, and only a prompt follows: should the process be killed before it is stored, the caller is asked again. */
export function isRepeatable({ command, effects }: Turn, input: Input | null): boolean {
  if (effects.length > 0 || (command?.kind !== 'play' && command?.kind !== 'collect')) return false;
  return input?.kind === 'answered' || input?.kind === 'digits' || input?.kind === 'silence' || input?.kind === 'finished';
}
