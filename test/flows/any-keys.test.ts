import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIAL_OUTCOMES } from '../../src/domain/dial-outcome.ts';
import { KEYS } from '../../src/domain/keys.ts';
import { type Office, openOffice } from '../kit/appointment-office.ts';
import { type PlayedCall, placeCall } from './player.ts';

/** How a flow says goodbye, where it has words of its own for that. */
const GOODBYE: Readonly<Record<string, RegExp>> = {
  nps: /^(tr|en) (survey\.no-answer|general\.technical-trouble|inline: (Görüşleriniz için teşekkür|Thank you for your opinion).*)$/,
};

/** What callers may do, likely things more often. */
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('0', '1', '2', '3', '4', '9', '*', '#') },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 99 }).map((plate) => `${plate}#`) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 99_999 }).map((postcode) => String(postcode).padStart(5, '0')) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...KEYS), minLength: 1, maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constant('silence') },
);

async function act(call: PlayedCall, doing: string, outcome: (typeof DIAL_OUTCOMES)[number]): Promise<PlayedCall | undefined> {
  switch (call.waiting.kind) {
    case 'dial':
      return call.dialled(outcome);
    case 'record':
      return call.recorded(outcome === 'answered' ? 'ok' : 'failed');
    case 'collect':
      return doing === 'silence' || /^[A-D]+$/.test(doing) ? call.silence() : call.press(doing);
    default:
      return undefined;
  }
}

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

describe('the shipped flows', () => {
  it.each(['main-menu', 'dealer-lookup', 'nps', 'appointment', 'maintenance-status'])(
    '%s never meets a fault, never falls silent and never ends without a goodbye, whatever is pressed',
    async (flow) => {
      const when = fc.date({ min: new Date('2025-01-01T00:00'), max: new Date('2030-12-31T00:00'), noInvalidDate: true });
      await fc.assert(
        fc.asyncProperty(
          fc.array(deed, { maxLength: 25 }),
          fc.constantFrom('tr' as const, 'en' as const),
          fc.constantFrom(...DIAL_OUTCOMES),
          when,
          fc.constantFrom('demo' as const, 'demo' as const, 'none' as const, 'away' as const),
          async (deeds, language, outcome, date, dealers) => {
            let call: PlayedCall = await placeCall({ flow, language, dealers, office, at: date.toISOString().slice(0, 16) });
            for (const doing of deeds) {
              expect(call.faults).toEqual([]);
              expect(call.heard.length).toBeGreaterThan(0);
              const next = await act(call, doing, outcome);
              if (next === undefined) break;
              call = next;
            }
            if (call.waiting.kind === 'hangup') expect(call.heard.at(-1)).toMatch(GOODBYE[flow] ?? /^(tr|en) general\.goodbye$/);
          },
        ),
        { numRuns: 150 },
      );
    },
  );
});
