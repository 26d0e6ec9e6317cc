import { z } from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import { MESSAGE_CHANNELS, type MessageChannel } from '../../domain/message.ts';
import type { ValueMap } from '../../domain/value.ts';
import { addressOf } from '../addresses.ts';
import { cause } from '../effects.ts';
import { checkSize, filterContext, type Machine, scopeOf } from '../machine.ts';
import { anyValue, messageKey, templateText, variableName } from '../parts.ts';
import { personOf } from '../session.ts';
import type { Template } from '../template.ts';
import { type Kit, mapValues, type Path, renderMap } from './kind.ts';

/** What nodes that send messages say of one. */
export const MESSAGE_FIELDS = {
  channel: z.enum(MESSAGE_CHANNELS, { error: `must be one of ${MESSAGE_CHANNELS.join(', ')}` }).describe('How it goes.'),
  template: messageKey.describe('The key of the message.'),
  to: templateText
    .optional()
    .describe('A phone number, an e-mail address, or the name of a webhook. Default for an SMS: the number of the person on the line.'),
  with: z.record(variableName, anyValue).optional().describe('Values for its texts; texts may hold {{…}}.'),
  language: z
    .enum(LANGUAGES, { error: `must be one of ${LANGUAGES.join(', ')}` })
    .optional()
    .describe('The language it is written in. Default: the one the caller speaks at that moment.'),
};
type MessageSource = z.infer<z.ZodObject<typeof MESSAGE_FIELDS>>;

const LONGEST_ADDRESS = 254;

/** Causes the message; false when nobody can be written to there. Throws a Fault. */
export type Sender = (m: Machine, more?: ValueMap) => boolean;

/** A message made ready. `more` are names that the node gives besides `with`. */
export function compileMessage(source: MessageSource, kit: Kit, path: Path, more: readonly string[] = []): Sender {
  const { channel, template, language } = source;
  const messageClass = kit.message([...path, 'template'], template, channel, [...Object.keys(source.with ?? {}), ...more]);
  const to = compileAddress(source, kit, path);
  const data = mapValues(source.with, (value, name) => kit.value([...path, 'with', name], value, 'written'));
  return (m, given = {}) => {
    const address = addressOf(channel, written(m, to));
    if (address === null) return false;
    const values = { ...given, ...renderMap(data, m) };
    checkSize(m, values, template);
    const draft = { channel, to: address, template, language: language ?? m.language, messageClass, data: values };
    cause(m, { kind: 'message', draft });
    return true;
  };
}

/** The address as a template; null stands for the caller's own number. */
function compileAddress({ channel, to }: MessageSource, kit: Kit, path: Path): Template | null {
  if (to === undefined) {
    if (channel !== 'sms') kit.problem('missing-key', path, `"to" is missing: ${MISSING[channel]}`, `Write to: "…".`);
    return null;
  }
  const template = kit.template([...path, 'to'], to, 'written');
  const fixed = template.fixed?.trim();
  if (channel === 'webhook' && fixed === undefined)
    kit.problem(
      'bad-value',
      [...path, 'to'],
      'the name of a webhook must stand as it is',
      'Write the name without {{…}}: callers choose no address.',
    );
  else if (fixed !== undefined && addressOf(channel, fixed) === null)
    kit.problem('bad-value', [...path, 'to'], `"${fixed}" is ${NO_ADDRESS[channel]}`, 'Correct it.');
  return template;
}

const MISSING = { email: 'an e-mail needs an address', webhook: 'a webhook needs its name' } as const satisfies Record<
  Exclude<MessageChannel, 'sms'>,
  string
>;
const NO_ADDRESS = { sms: 'no number that an SMS reaches', email: 'no e-mail address', webhook: 'no name of a webhook' } as const;

function written(m: Machine, to: Template | null): string {
  return to === null ? personOf(m.trigger) : to.render(scopeOf(m), filterContext(m), LONGEST_ADDRESS).trim();
}
