import type { Campaign } from '../../domain/campaign.ts';
import type { CallId, SessionId } from '../../domain/ids.ts';
import type { Command, Input } from '../../flow/commands.ts';
import { resume, start } from '../../flow/interpreter.ts';
import type { Trigger } from '../../flow/session.ts';
import type { World } from '../../flow/world.ts';
import type { ContactRow } from '../../ports/list-store.ts';

/** The row with most to say; undefined when there is none. */
export function longestOf(rows: readonly ContactRow[]): ContactRow | undefined {
  const lengthOf = ({ variables }: ContactRow): number => JSON.stringify(variables).length;
  return rows.reduce<ContactRow | undefined>((best, row) => (best === undefined || lengthOf(row) > lengthOf(best) ? row : best), undefined);
}

/** Prompts one after the other that are followed before anything else happens. */
const MOST_PROMPTS = 20;

export interface TriedRow {
  /** What goes wrong; null: nothing. No value of the row is told. */
  readonly fault: string | null;
  /** What is said before the person is asked for anything, or somebody else is. */
  readonly opening: string;
}

/** How the campaign's flow begins for this row, up to where it first waits for more than its own words. Nobody is called. */
export function tryRow(campaign: Campaign, { number, variables }: ContactRow, world: World): TriedRow {
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
  const said: string[] = [];
  let turn = start(flow, trigger, world);
  for (let prompts = 0; ; prompts += 1) {
    const fault = turn.events.find((event) => event.kind === 'fault');
    const { command, session } = turn;
    if (command !== null && 'items' in command) said.push(...command.items.map(({ text }) => text));
    if (fault !== undefined) return { fault: fault.message, opening: said.join(' ') };
    const input = command === null || prompts >= MOST_PROMPTS ? null : onwards(command);
    if (input === null) return { fault: null, opening: said.join(' ') };
    turn = resume(session, input, world);
  }
}

/** The answer to a command that needs nobody else's. */
function onwards({ kind, step }: Command): Input | null {
  if (kind === 'answer') return { kind: 'answered', step };
  return kind === 'play' ? { kind: 'finished', step, heard: 'all' } : null;
}
