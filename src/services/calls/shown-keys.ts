import type { CollectSpec } from '../../flow/commands.ts';

/** Keys of entries up to this length are told one by one; the journal hides longer ones as a whole. */
const SHORT_ENTRY = 6;

/** A long row of keys is most likely a number of the caller's; what is secret is never shown. */
export function mayBeShown({ secret, match }: CollectSpec): boolean {
  if (secret) return false;
  switch (match.kind) {
    case 'options':
      return true;
    case 'digits':
      return match.max <= SHORT_ENTRY;
    case 'masks':
      return match.masks.every((mask) => mask.length <= SHORT_ENTRY);
  }
}
