import type { Calendar, Openness } from '../../domain/opening-hours.ts';
import { openness } from '../../domain/openness.ts';
import type { Value } from '../../domain/value.ts';
import { exitBy } from '../compiled.ts';
import type { Expression } from '../expression.ts';
import { Fault } from '../fault.ts';
import { assign, type Machine, scopeOf } from '../machine.ts';
import { expressionText, nameText, variableName } from '../parts.ts';
import { isWeeklyHours } from '../weekly-hours-value.ts';
import { defineNode, ERROR_EXIT } from './kind.ts';

export const hours = defineNode({
  type: 'hours',
  summary: 'Asks whether it is open now.',
  doc: 'Looks at a calendar (flows/calendars/), at weekly hours held in a variable, or at both: then the hours are the variable’s and zone and holidays the calendar’s. `into` gets { kind, until, opensAt, holiday }: instants in milliseconds or null, the holiday’s name per language.',
  example: `open-now:
  type: hours
  calendar: office
  into: openness
  exits: { open: transfer, closed: closed, holiday: holiday }`,
  fields: {
    calendar: nameText.optional().describe('A calendar of flows/calendars/.'),
    hours: expressionText.optional().describe('An expression that gives weekly hours, such as dealers[index].hours.'),
    into: variableName.optional().describe('Variable for what was found.'),
  },
  exits: [
    { name: 'open', doc: 'It is open.' },
    { name: 'closed', doc: 'It is closed.' },
    { name: 'holiday', doc: 'It is closed for a holiday.', otherwise: 'closed' },
    ERROR_EXIT,
  ],
  needsCaller: false,
  writes: (source) => (source.into === undefined ? [] : [{ path: ['into'], name: source.into, text: false }]),
  compile(source, kit) {
    if (source.calendar === undefined && source.hours === undefined)
      kit.problem('missing-key', [], 'the node names neither a calendar nor hours', 'Write calendar: name, or hours: expression.');
    if (source.calendar !== undefined) kit.calendar(['calendar'], source.calendar);
    const weekly = source.hours === undefined ? null : kit.expression(['hours'], source.hours, 'weighed');
    const { calendar, into } = source;
    return {
      enter(m) {
        const found = openness(calendarFor(m, calendar, weekly), m.world.now);
        if (into !== undefined) assign(m, into, factsOf(found));
        m.events.push({ kind: 'result', node: m.top.node, name: 'hours', outcome: found.kind });
        return exitBy(found.kind);
      },
    };
  },
});

function calendarFor(m: Machine, id: string | undefined, hours: Expression | null): Calendar {
  const named = id === undefined ? undefined : m.world.release.calendars.get(id);
  if (id !== undefined && named === undefined) throw new Fault('unknown-calendar', `there is no calendar ${id}`);
  if (hours === null) return named ?? { id: '', zone: m.world.zone, weekly: [[], [], [], [], [], [], []], holidays: [] };
  const weekly = hours.evaluate(scopeOf(m));
  if (!isWeeklyHours(weekly)) throw new Fault('bad-hours', `${hours.source}: gives no weekly hours`);
  return { id: id ?? '', zone: named?.zone ?? m.world.zone, weekly, holidays: named?.holidays ?? [] };
}

function factsOf(found: Openness): Value {
  return {
    kind: found.kind,
    until: found.kind === 'open' ? found.until : null,
    opensAt: found.kind === 'open' ? null : found.opensAt,
    holiday: found.kind === 'holiday' ? { ...found.holiday.name } : null,
  };
}
