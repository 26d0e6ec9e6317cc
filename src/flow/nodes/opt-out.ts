import { z } from 'zod';
import { CONSENT_TYPES, MAX_EVIDENCE } from '../../domain/consent.ts';
import { addressOf, callableNumber } from '../addresses.ts';
import { CONSENT_PROMPTS } from '../built-in-prompts.ts';
import { exitBy, NEXT } from '../compiled.ts';
import { cause } from '../effects.ts';
import type { Machine } from '../machine.ts';
import { prompt } from '../parts.ts';
import { play } from '../play.ts';
import { personOf } from '../session.ts';
import { defineNode, ERROR_EXIT, NEXT_EXIT } from './kind.ts';

/** What a person can refuse on the telephone: e-mail needs an address that nobody keys. */
const REFUSABLE = CONSENT_TYPES.filter((type) => type !== 'EPOSTA');

export const optOut = defineNode({
  type: 'opt-out',
  summary: 'Writes down that the person wants no more advertising.',
  doc: 'The refusal is stored for the brand and the number on the line before it is confirmed, so a hang-up takes nothing back, and no campaign with advertising calls the number from that moment on. Lead a key of every commercial message here: nothing is asked again. Information (deliveries, debts, appointments) is not touched by it.',
  example: `no-more:
  type: opt-out
  for: ARAMA
  next: goodbye`,
  fields: {
    for: z
      .enum(REFUSABLE, { error: `must be one of ${REFUSABLE.join(', ')}` })
      .optional()
      .describe('What is refused: ARAMA (calls) or MESAJ (SMS). Default: `ARAMA`.'),
    prompt: prompt.optional().describe('Heard when it is stored. Default: the engine’s words; [] for silence.'),
  },
  exits: [
    { ...NEXT_EXIT, doc: 'It is stored and confirmed (written as `next:`).' },
    { name: 'unreachable', doc: 'The number is withheld, or none that can be called: there is nothing to store.', otherwise: 'next' },
    ERROR_EXIT,
  ],
  compile(source, kit) {
    const type = source.for ?? 'ARAMA';
    const confirmation =
      source.prompt === undefined ? kit.nodePrompt(CONSENT_PROMPTS.optOut, true) : kit.prompts(['prompt'], source.prompt, true);
    return {
      enter(m) {
        const number = personOf(m.trigger);
        const recipient = type === 'ARAMA' ? callableNumber(number, true) : addressOf('sms', number);
        if (recipient === null) return exitBy('unreachable');
        cause(m, { kind: 'consent', draft: { recipient, type, status: 'RET', evidence: evidenceOf(m) } });
        m.events.push({ kind: 'result', node: m.top.node, name: `opt-out ${type}`, outcome: 'RET' });
        return play(m, confirmation, 'keep') ?? NEXT;
      },
      // What is stored is not stored twice after a restart, only said again.
      again: (m) => play(m, confirmation, 'keep') ?? NEXT,
      resume: () => NEXT,
    };
  },
});

function evidenceOf(m: Machine): string {
  const { flow, node } = m.top;
  return `${flow}/${node}, release ${m.world.release.id}, ${m.language}: opted out by key`.slice(0, MAX_EVIDENCE);
}
