import type { PartyView } from '../../../domain/desk-view.ts';
import type { LegId } from '../../../domain/ids.ts';
import { maskNumber } from '../../../domain/mask-number.ts';
import type { TalkView } from '../../floor/seat.ts';
import type { Circle } from './circle.ts';
import type { Transfer } from './transfer.ts';

/** The talk as the agent's page shows it. Outside numbers are masked. */
export function viewOf({ main, target, transfer, held, host: { record, recording } }: Circle): TalkView {
  const { call } = record;
  const customer: PartyView = {
    legId: (record.legOf(call.channelId)?.id as LegId | undefined) ?? null,
    role: 'customer',
    label: maskNumber(call.direction === 'inbound' ? call.ani : call.did),
    held,
    muted: false,
  };
  const others = [main, target].flatMap((party, index): PartyView[] => {
    if (party === null) return [];
    const role = index === 0 && party.talk !== null ? 'agent' : 'target';
    return [{ legId: party.leg.id, role, label: party.label ?? '', held: false, muted: party.muted }];
  });
  return {
    muted: main?.muted ?? false,
    recording: recording.state,
    transfer: transfer === null ? null : shown(transfer),
    conference: target !== null && !held,
    parties: [customer, ...others],
  };
}

function shown({ how, kind, id, label, state, since }: Transfer): TalkView['transfer'] {
  return { how, to: { kind, id: kind === 'number' ? maskNumber(id) : id, label }, state, since };
}
