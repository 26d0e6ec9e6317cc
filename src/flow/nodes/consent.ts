import { z } from 'zod';
import { CONSENT_TYPES, type ConsentStatus, type ConsentType, MAX_EVIDENCE } from '../../domain/consent.ts';
import { isValueMap } from '../../domain/value.ts';
import { addressOf, callableNumber } from '../addresses.ts';
import { CONSENT_PROMPTS } from '../built-in-prompts.ts';
import { type Behaviour, exitBy, NEXT, type Outcome, type StepInput } from '../compiled.ts';
import { INHERITED } from '../defaults.ts';
import { cause } from '../effects.ts';
import { CONSENT_DEFAULTS } from '../engine-defaults.ts';
import { filterContext, type Machine, scopeOf } from '../machine.ts';
import { bargeIn, ladder, oneKey, prompt, templateText } from '../parts.ts';
import { play } from '../play.ts';
import type { Prompts } from '../prompts.ts';
import { personOf } from '../session.ts';
import type { Template } from '../template.ts';
import { listensFor } from './asking.ts';
import { defineNode, ERROR_EXIT, type Kit, NEXT_EXIT } from './kind.ts';
import { ask, askAgain, askOver, compileLadder, type Ladder, repeatRung } from './ladder.ts';
import { pressed } from './pressed.ts';

const LONGEST_ADDRESS = 254;

export const consent = defineNode({
  type: 'consent',
  summary: 'Asks whether the caller may be contacted, and writes the answer down.',
  doc: 'The answer is stored for the brand with the prompt, its release and the key as evidence, before it is confirmed: a hang-up takes nothing back. Silence is no consent: then nothing is stored. The question is heard to its end unless `bargeIn: any` stands there.',
  example: `may-we-write:
  type: consent
  for: MESAJ
  prompt: general.may-we-write
  repeat: 9
  next: goodbye`,
  fields: {
    for: z
      .enum(CONSENT_TYPES, { error: `must be one of ${CONSENT_TYPES.join(', ')}` })
      .describe('What it is about: ARAMA (calls), MESAJ (SMS) or EPOSTA (e-mail).'),
    prompt: prompt.describe('The question; it names the brand, what it will send, and the keys.'),
    to: templateText.optional().describe('The number or e-mail address it is about. Default: the number of the person on the line.'),
    yes: oneKey.optional().describe(`The key for yes. Default: \`${CONSENT_DEFAULTS.yes}\`.`),
    no: oneKey.optional().describe(`The key for no. Default: \`${CONSENT_DEFAULTS.no}\`.`),
    repeat: oneKey.optional().describe('The key that says the question again without using up a try.'),
    granted: prompt.optional().describe('Heard after a yes. Default: the engine’s words; [] for silence.'),
    refused: prompt.optional().describe('Heard after a no. Default: the engine’s words; [] for silence.'),
    noInput: ladder.optional(),
    noMatch: ladder.optional(),
    firstDigit: INHERITED.menu.firstDigit,
    attempts: INHERITED.menu.attempts,
    bargeIn: bargeIn.optional(),
  },
  exits: [
    { ...NEXT_EXIT, doc: 'The caller agreed (written as `next:`).' },
    { name: 'refused', doc: 'The caller said no.', otherwise: 'next' },
    { name: 'noAnswer', doc: 'The caller said neither; nothing is stored.', otherwise: 'next' },
    { name: 'unreachable', doc: 'There is nothing to ask about: a withheld number, no address.', otherwise: 'next' },
    ERROR_EXIT,
  ],
  asksCaller: true,
  compile(source, kit) {
    const yes = String(source.yes ?? CONSENT_DEFAULTS.yes);
    const no = String(source.no ?? CONSENT_DEFAULTS.no);
    const repeat = source.repeat === undefined ? null : String(source.repeat);
    const keys = repeat === null ? [yes, no] : [yes, no, repeat];
    if (new Set(keys).size < keys.length)
      kit.problem('ambiguous-option', ['no'], 'yes, no and repeat need keys of their own', 'Give each another key.');
    if (source.to === undefined && source.for === 'EPOSTA')
      kit.problem('missing-key', [], '"to" is missing: consent to e-mail needs an address', 'Write to: "{{…}}".');
    const heard = { ...source, bargeIn: source.bargeIn ?? CONSENT_DEFAULTS.bargeIn, typeAhead: 'flush' as const };
    return askConsent({
      type: source.for,
      to: source.to === undefined ? null : kit.template(['to'], source.to, 'written'),
      meaning: (digits) => (digits === yes ? 'ONAY' : digits === no ? 'RET' : digits === repeat ? 'repeat' : null),
      ladder: compileLadder(heard, kit, 'menu', listensFor(keys)),
      confirmations: { ONAY: confirmation(kit, 'ONAY', source.granted), RET: confirmation(kit, 'RET', source.refused) },
    });
  },
});

function confirmation(kit: Kit, status: ConsentStatus, own: z.infer<typeof prompt> | undefined): Prompts {
  return own === undefined ? kit.nodePrompt(CONSENT_PROMPTS[status], true) : kit.prompts([OWN[status]], own, true);
}
const OWN = { ONAY: 'granted', RET: 'refused' } as const satisfies Record<ConsentStatus, string>;

interface Asking {
  readonly type: ConsentType;
  /** null: the caller's own number. */
  readonly to: Template | null;
  readonly ladder: Ladder;
  readonly confirmations: Readonly<Record<ConsentStatus, Prompts>>;
  meaning(digits: string): ConsentStatus | 'repeat' | null;
}

function askConsent(asking: Asking): Behaviour {
  return {
    enter: (m) => (recipientOf(m, asking) === null ? exitBy('unreachable') : ask(m, asking.ladder)),
    again: (m) => confirmed(m) ?? askOver(m, asking.ladder),
    resume: (m, input) => confirmed(m) ?? answered(m, input, asking),
  };
}

/** The way out once the answer is stored and confirmed; null while it is asked for. */
function confirmed(m: Machine): Outcome | null {
  const { local } = m.top;
  if (!isValueMap(local) || typeof local['said'] !== 'string') return null;
  return local['said'] === 'RET' ? exitBy('refused') : NEXT;
}

function answered(m: Machine, input: StepInput, asking: Asking): Outcome {
  const digits = pressed(m, input, (keys) => asking.meaning(keys) !== null);
  if (typeof digits !== 'string') {
    const outcome = askAgain(m, asking.ladder, digits.failure);
    return outcome.kind === 'exit' ? exitBy('noAnswer') : outcome;
  }
  const meant = asking.meaning(digits);
  if (meant === null || meant === 'repeat') return repeatRung(m, asking.ladder);
  const recipient = recipientOf(m, asking);
  if (recipient === null) return exitBy('unreachable');
  cause(m, { kind: 'consent', draft: { recipient, type: asking.type, status: meant, evidence: evidenceOf(m, asking.ladder, digits) } });
  m.events.push({ kind: 'result', node: m.top.node, name: `consent ${asking.type}`, outcome: meant });
  m.top.local = { said: meant };
  return play(m, asking.confirmations[meant], 'keep') ?? confirmed(m) ?? NEXT;
}

/** What was asked, in which words, and what was pressed; the release tells the words. */
function evidenceOf(m: Machine, { prompts }: Ladder, digits: string): string {
  const { keys, items } = prompts.first[0]?.render(m) ?? { keys: [], items: [] };
  const asked = keys.map((key) => key ?? 'text').join(' ');
  const { flow, node } = m.top;
  return `${flow}/${node}, release ${m.world.release.id}, ${items[0]?.language ?? m.language}: ${asked}; key ${digits}`.slice(
    0,
    MAX_EVIDENCE,
  );
}

function recipientOf(m: Machine, { type, to }: Asking): string | null {
  const text = to === null ? personOf(m.trigger) : to.render(scopeOf(m), filterContext(m), LONGEST_ADDRESS).trim();
  if (type === 'ARAMA') return callableNumber(text, true);
  return addressOf(type === 'MESAJ' ? 'sms' : 'email', text);
}
