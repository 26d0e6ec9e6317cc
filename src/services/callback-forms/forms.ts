import type { BrandId } from '../../domain/brand.ts';
import { type CallbackForm, type FormAnswer, type FormRequest, wishTimes } from '../../domain/callback-form.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CallbackId, IdSource } from '../../domain/ids.ts';
import type { E164 } from '../../domain/phone-number.ts';
import type { CallbackFormStore } from '../../ports/callback-forms.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { CallbackWishes } from '../callbacks/wishes.ts';
import type { FormPlace, FormTokens } from './tokens.ts';
import { createVisitors } from './visitors.ts';
import { aboutOf, checkAnswer, refused } from './words.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The origin of our own pages. */
export const OWN_PAGE = 'own';

export interface FormSettings {
  readonly brand: BrandId;
  /** So long a form that was opened can be sent. */
  readonly tokenMs: number;
  /** Not sooner than so long after it was opened. */
  readonly minMs: number;
  readonly perAddress: number;
  readonly perNumber: number;
  readonly perHour: number;
  /** How long records of what was sent are kept. */
  readonly keepMs: number;
}

export interface FormDeps {
  readonly forms: ReadonlyMap<string, CallbackForm>;
  readonly store: CallbackFormStore;
  readonly wishes: CallbackWishes;
  readonly tokens: FormTokens;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
  readonly log: Log;
  readonly settings: FormSettings;
}

/** A form as a page shows it. Times are UTC ms. */
export interface OpenForm {
  readonly form: CallbackForm;
  readonly token: string;
  readonly expiresAt: number;
  /** Not to be sent before so many ms are over. */
  readonly waitMs: number;
  /** When people may wish to be called. */
  readonly times: readonly number[];
  /** People are called from then on; null: as soon as somebody is free. */
  readonly callsFrom: number | null;
}

/** Something sent, as the page sent it. `address`: of the sender; `trap`: a field that people do not see. */
export interface SentForm {
  readonly token: string;
  readonly answer: FormAnswer;
  readonly trap: string;
  readonly address: string;
}

export interface CallbackForms {
  /** Whether pages of that origin may show the form. */
  allows(place: FormPlace): boolean;
  /** Rejects with `form.unknown`, and with `request.forbidden` for pages that may not show it. */
  open(place: FormPlace): OpenForm;
  /**
   * Somebody wants to be called. What is answered tells nothing about the number. Rejects as `open` does; with
   * `form.token-invalid`, `form.token-expired`, `form.token-used` or `form.too-soon` for what it was sent with;
   * `request.too-many`; `request.invalid` naming the field; `request.conflict` where the words changed.
   */
  submit(place: FormPlace, sent: SentForm): Promise<{ readonly callsFrom: number | null }>;
  /** What was sent for a callback: evidence of the wish. */
  ofCallback(entry: CallbackId): Promise<readonly FormRequest[]>;
  /** Removes records that were kept long enough; gives how many. */
  sweep(): Promise<number>;
}

/** Web forms that ask to be called back. */
export function createCallbackForms(deps: FormDeps): CallbackForms {
  const { forms, store, wishes, tokens, clock, log, settings } = deps;
  const visitors = createVisitors();

  function allows({ form, origin }: FormPlace): boolean {
    return origin === OWN_PAGE || forms.get(form)?.origins.includes(origin) === true;
  }

  function demand(place: FormPlace): CallbackForm {
    const form = forms.get(place.form);
    if (form === undefined) throw new SantralError('form.unknown', `There is no form "${place.form}".`);
    if (allows(place)) return form;
    const remedy = `Add its origin to origins: of the form "${form.id}" in flows/forms.yaml.`;
    throw new SantralError('request.forbidden', `This page may not show the form. ${remedy}`);
  }

  const callsFrom = (group: string, at: number): number | null => {
    const { open, until } = wishes.openness(group, at);
    return open ? null : until;
  };

  /** The hash of a token that may be used now. */
  function used(place: FormPlace, token: string, now: number): string {
    const read = tokens.read(token, place);
    if (read.kind === 'forged') throw new SantralError('form.token-invalid', 'This form was not opened here. Load the page again.');
    const age = now - read.madeAt;
    if (age > settings.tokenMs) throw new SantralError('form.token-expired', 'This form was open for too long. Load the page again.');
    if (age < settings.minMs) throw new SantralError('form.too-soon', `Wait ${settings.minMs - age} ms more, then send it again.`);
    return read.hash;
  }

  function numberOf({ group }: CallbackForm, answer: FormAnswer): E164 {
    const who = wishes.canCall(group, answer.number);
    if (who.kind === 'number') return who.number;
    throw refused('number', 'phone-number', 'must be a mobile or landline number that can be called, such as 0555 000 00 17');
  }

  /** An hour that has begun since the form was opened is now. */
  function timeOf(form: CallbackForm, { notBefore }: FormAnswer, now: number): number | null {
    if (notBefore === null || (form.wishMs > 0 && notBefore <= now && notBefore > now - settings.tokenMs)) return null;
    if (timesOf(form, now).includes(notBefore)) return notBefore;
    throw refused('notBefore', 'time', 'must be one of the times that the form offers');
  }

  function timesOf({ group, wishMs }: CallbackForm, now: number): readonly number[] {
    return wishTimes(now, wishMs, (at) => wishes.openness(group, at).open);
  }

  return {
    allows,
    open(place) {
      const form = demand(place);
      const now = clock.now();
      const times = timesOf(form, now);
      const token = tokens.make(place, now);
      const from = callsFrom(form.group, now);
      return { form, token, expiresAt: now + settings.tokenMs, waitMs: settings.minMs, times, callsFrom: from };
    },

    async submit(place, { token, answer, trap, address }) {
      const form = demand(place);
      const now = clock.now();
      const tokenHash = used(place, token, now);
      if (!visitors.admit(address, settings.perAddress, now))
        throw new SantralError('request.too-many', 'Too many forms came from your address within an hour. Try again later.');
      checkAnswer(form, answer);
      const notBefore = timeOf(form, answer, now);
      const number = numberOf(form, answer);
      const told = { callsFrom: notBefore ?? callsFrom(form.group, now) };
      if (trap !== '') {
        // Whoever fills in what nobody sees is told what everybody is.
        log.info({ form: form.id }, 'a machine filled in a web form; nobody is called');
        return told;
      }
      const { id: formId, consent, group } = form;
      const { language } = answer;
      const id = deps.ids.next('formRequest');
      const asked = { id, at: now, language };
      const taken = await store.submit(
        {
          ...asked,
          ...{ brand: settings.brand, form: formId, tokenHash, origin: place.origin, number, topic: answer.topic },
          ...{ consentVersion: consent.version, consentText: consent.text[language] },
        },
        wishes.findingOf({ ...asked, group, about: aboutOf(form, answer), who: { kind: 'number', number }, origin: 'form', notBefore }),
        {
          number: { most: settings.perNumber, since: now - DAY_MS },
          form: { most: settings.perHour, since: now - HOUR_MS },
        },
      );
      if (taken === 'used') throw new SantralError('form.token-used', 'This form was sent already.');
      if (taken === 'form-limit') {
        log.warn({ form: formId, perHour: settings.perHour }, 'a web form is sent more often than SANTRAL_FORMS_PER_HOUR allows');
        throw new SantralError('request.too-many', 'Too many people ask to be called at the moment. Try again later, or call us.');
      }
      wishes.wake();
      return told;
    },

    ofCallback: (entry) => store.ofCallback(entry),

    async sweep() {
      const removed = await store.sweep(settings.brand, clock.now() - settings.keepMs);
      if (removed > 0) log.info({ removed }, 'records of web forms that were kept long enough were removed');
      return removed;
    },
  };
}
