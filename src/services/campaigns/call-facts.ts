import { type CallFacts, heardShare, outcomeOf } from '../../dialer/outcome.ts';
import { type Choice, MOST_CHOICE_KEYS } from '../../domain/attempt.ts';
import type { Campaign } from '../../domain/campaign.ts';
import type { CallId } from '../../domain/ids.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { AttemptEnd } from '../../ports/campaign-store.ts';
import type { CallStore } from '../../ports/stores.ts';

/** A call of a campaign is not longer than this many lines, or what comes after them says nothing new. */
const LINES = 5000;

/** How an attempt ended, read from its call on record; undefined while the call has no end there. */
export async function endOfCall(
  store: Pick<CallStore, 'get' | 'journal'>,
  callId: CallId,
  campaign: Pick<Campaign, 'deliveredPercent' | 'pacing'>,
): Promise<AttemptEnd | undefined> {
  const call = await store.get(callId);
  if (call?.endedAt == null) return undefined;
  const lines = call.answeredAt === null ? [] : await store.journal(callId, 0, LINES);
  const facts: CallFacts = {
    call,
    said: saidIn(lines),
    keys: lines.filter(({ kind }) => kind === 'key').length,
    machine: lines.some(({ kind }) => kind === 'machine-answered'),
    dropped: campaign.pacing.kind === 'progressive' && isDropped(lines),
  };
  const sipCode = call.termination?.kind === 'not-reached' ? call.termination.sipCode : null;
  return {
    outcome: outcomeOf(facts, campaign.deliveredPercent),
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    sipCode,
    messageLeft: facts.machine && call.termination?.kind === 'flow-hung-up',
    heardShare: heardShare(facts),
    keys: facts.keys,
    choices: choicesIn(lines),
  };
}

/** Secrets are not in the journal. */
function choicesIn(lines: readonly JournalEntry[]): readonly Choice[] {
  const made: Choice[] = [];
  let flow = '';
  for (const { kind, data } of lines) {
    if (kind === 'node-entered' && typeof data['flow'] === 'string') flow = data['flow'];
    if (kind !== 'digits' || data['end'] !== 'matched') continue;
    const { node, digits: keys } = data;
    if (typeof node === 'string' && typeof keys === 'string' && keys !== '' && keys.length <= MOST_CHOICE_KEYS)
      made.push({ flow, node, keys });
  }
  return made;
}

function saidIn(lines: readonly JournalEntry[]): CallFacts['said'] {
  const { saidMs, heardMs } = lines.findLast(({ kind }) => kind === 'call-ended')?.data ?? {};
  return typeof saidMs === 'number' && typeof heardMs === 'number' ? { ms: saidMs, heardMs } : null;
}

/** They answered, waited for an agent, and none came. */
function isDropped(lines: readonly JournalEntry[]): boolean {
  return lines.some(({ kind }) => kind === 'queue-entered') && !lines.some(({ kind }) => kind === 'agent-connected');
}
