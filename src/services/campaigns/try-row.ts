import type { Campaign } from '../../domain/campaign.ts';
import type { CallId, SessionId } from '../../domain/ids.ts';
import { resume, start } from '../../flow/interpreter.ts';
import type { Trigger } from '../../flow/session.ts';
import type { World } from '../../flow/world.ts';
import type { ContactRow } from '../../ports/list-store.ts';

/** The row with most to say; undefined when there is none. */
export function longestOf(rows: readonly ContactRow[]): ContactRow | undefined {
  const lengthOf = ({ variables }: ContactRow): number => JSON.stringify(variables).length;
  return rows.reduce<ContactRow | undefined>((best, row) => (best === undefined || lengthOf(row) > lengthOf(best) ? row : best), undefined);
}

/** What goes wrong when the campaign's flow begins for this row, up to where it first waits; null: nothing. Nobody is called, and no value is told. */
export function faultOf(campaign: Campaign, { number, variables }: ContactRow, world: World): string | null {
  const { id, brand, flow, language, callerIds, params } = campaign;
  const trigger: Trigger = {
    kind: 'outbound',
    sessionId: 'ses_check' as SessionId,
    callId: 'call_check' as CallId,
    brand,
    did: number,
    ani: callerIds[0] ?? '',
    language,
    params: { campaign: id, ...params, ...variables },
  };
  const first = start(flow, trigger, world);
  const turns =
    first.command?.kind === 'answer' ? [first, resume(first.session, { kind: 'answered', step: first.session.step }, world)] : [first];
  const fault = turns.flatMap(({ events }) => events).find((event) => event.kind === 'fault');
  return fault === undefined ? null : fault.message;
}
