import type { Key } from '../../domain/keys.ts';
import type { CollectSpec } from '../../flow/commands.ts';
import type { CallRecord } from './call-record.ts';

/** Keys of entries up to this length are told one by one; the journal hides longer ones as a whole. */
const SHORT_ENTRY = 6;

/** A long row of keys is most likely a number of the caller's; what is secret is never shown. */
function mayBeShown({ secret, match }: CollectSpec): boolean {
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

/**
 * Notes a key in the journal; false where it is not told at all. Keys of a conversation or a recording are nobody's business; keys that
 * may be somebody's secret are told without their name.
 */
export function tellKey(record: CallRecord, key: Key): boolean {
  const waiting = record.session?.waiting;
  if (waiting === null || waiting === undefined) return false;
  if (waiting.kind === 'dial' || waiting.kind === 'queue' || waiting.kind === 'record') return false;
  record.note('key', { key: waiting.kind === 'collect' && mayBeShown(waiting.spec) ? key : null });
  return true;
}
