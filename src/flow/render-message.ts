import { type Language, languageChain } from '../domain/language.ts';
import type { MessageDraft } from '../domain/message.ts';
import type { Value, ValueMap } from '../domain/value.ts';
import { Fault } from './fault.ts';
import type { FilterContext } from './filters.ts';
import { type GIVEN_NAMES, isTemplate, type MessageTemplate, type MessageTexts } from './message-catalogue.ts';
import { Scope } from './scope.ts';

/** Characters: six parts of an SMS in the alphabet of Turkish, a line, some pages. */
export const MESSAGE_LIMITS = { sms: 402, subject: 200, text: 20_000, field: 2000 } as const;

export type RenderedMessage =
  | { readonly channel: 'sms'; readonly text: string }
  | { readonly channel: 'email'; readonly subject: string; readonly text: string }
  | { readonly channel: 'webhook'; readonly body: ValueMap };

/** What the brand says of itself; see GIVEN_NAMES. */
export type GivenValues = Readonly<Record<(typeof GIVEN_NAMES)[number], string>>;
const NOTHING_GIVEN: GivenValues = { brand: '', optOut: '' };

/**
 * The words of a message, from its template and the values it was given; where a translation is missing, those of
 * another language. Throws a Fault: a value that is not there, a text beyond its limit, a way the template does not go.
 */
export function renderMessage(
  template: MessageTemplate,
  { channel, language, data }: Pick<MessageDraft, 'channel' | 'language' | 'data'>,
  zone: string,
  given: GivenValues = NOTHING_GIVEN,
): RenderedMessage {
  // The brand's own words stand before the data: nobody's data passes for the sender.
  const scope = Scope.of(data).with(given);
  const context: FilterContext = { language, zone, written: true };
  const say = (texts: MessageTexts, most: number): string => words(texts, scope, context, most);
  const { sms, email, webhook } = template;
  if (channel === 'sms' && sms !== null) return { channel, text: say(sms, MESSAGE_LIMITS.sms).trim() };
  if (channel === 'email' && email !== null) {
    // A line break would begin another header.
    const subject = say(email.subject, MESSAGE_LIMITS.subject).replaceAll(/\s+/g, ' ').trim();
    return { channel, subject, text: say(email.text, MESSAGE_LIMITS.text) };
  }
  if (channel === 'webhook' && webhook !== null) {
    const fields = Object.entries(webhook).map(([name, field]): [string, Value] => [
      name,
      isTemplate(field) ? field.value(scope, context, MESSAGE_LIMITS.field) : field,
    ]);
    return { channel, body: Object.fromEntries(fields) };
  }
  throw new Fault('missing-value', `the message ${template.key} has no words for ${channel}`);
}

function words(texts: MessageTexts, scope: Scope, context: FilterContext, most: number): string {
  const found = languageChain(context.language).find((one: Language) => texts[one] !== undefined);
  const text = found === undefined ? undefined : texts[found];
  if (found === undefined || text === undefined) throw new Fault('missing-value', 'the message has no text in any language');
  return text.render(scope, { ...context, language: found }, most);
}
