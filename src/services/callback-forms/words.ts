import type { CallbackForm, FormAnswer } from '../../domain/callback-form.ts';
import { SantralError } from '../../domain/errors.ts';
import { maskNumbersIn } from '../../domain/mask-number.ts';

/** Control characters, and those that turn the direction of writing or are not seen: a name has no use for them. */
const UNSEEN = /[\p{Cc}\p{Cf}]+/gu;

/** What an agent reads before they call: name, topic and note on one line. A number in it is masked, for it stands sealed elsewhere. */
export function aboutOf(form: CallbackForm, { name, topic, note, language }: FormAnswer): string {
  const label = form.topics.find(({ id }) => id === topic)?.label[language] ?? '';
  const said = [form.name === 'off' ? '' : plain(name), label, form.note === 'off' ? '' : plain(note)];
  return maskNumbersIn(said.filter((part) => part !== '').join(' · '));
}

function plain(text: string): string {
  return text.normalize('NFC').replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();
}

/** Rejects with `request.invalid` what this form does not take; with `request.conflict` an agreement to other words than it has now. */
export function checkAnswer(form: CallbackForm, { language, name, topic, note, consent }: FormAnswer): void {
  if (!form.languages.includes(language)) throw refused('language', 'language', `must be one of ${form.languages.join(', ')}`);
  if (form.name === 'required' && plain(name) === '') throw refused('name', 'required', 'must be filled in');
  if (form.note === 'required' && plain(note) === '') throw refused('note', 'required', 'must be filled in');
  const topics = form.topics.map(({ id }) => id);
  if (topic !== '' && !topics.includes(topic)) throw refused('topic', 'topic', `must be one of ${topics.join(', ') || 'none'}`);
  if (consent !== form.consent.version)
    throw new SantralError('request.conflict', 'The words that are to be agreed to have changed. Open the form again.');
}

/** A field that cannot be taken, by its place in the body. */
export function refused(field: keyof FormAnswer, code: string, message: string): SantralError {
  const path = `body.${field}`;
  return new SantralError('request.invalid', `${path} ${message}.`, { details: { errors: [{ path, code, message }] } });
}
