import { z } from 'zod';
import { ASKED } from '../../domain/callback-form.ts';
import { contract, doc, named, PUBLIC } from '../contract.ts';
import { at, language, time } from './common.ts';

const params = z.object({ form: doc(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), 'The form’s name in flows/forms.yaml.', 'call-me') });
/** Pages open a form once, and once more when it is sent too late. */
const OPENED_PER_MINUTE = 60;
const SENT_PER_MINUTE = 30;
const BODY_LIMIT = 8192;
const LONGEST_NUMBER = 40;
const LONGEST_NAME = 80;
const LONGEST_NOTE = 500;

const words = (description: string, example: { readonly tr: string; readonly en: string }) =>
  doc(z.object({ tr: z.string(), en: z.string() }), description, example);
const asked = (what: string) => doc(z.enum(ASKED), `Whether ${what} is asked for.`, 'optional');
const callsFrom = doc(time.nullable(), 'People are called from then on, UTC milliseconds; null: as soon as somebody is free.', null);

const formView = named(
  'CallbackForm',
  z.object({
    id: doc(z.string(), 'Its name.', 'call-me'),
    languages: doc(z.array(language), 'The first one where a page asks for none.', ['tr', 'en']),
    title: words('Its heading.', { tr: 'Sizi arayalım', en: 'We call you' }),
    intro: words('Said above the fields.', { tr: 'Numaranızı bırakın.', en: 'Leave your number.' }),
    consent: doc(
      z.object({ version: z.string(), text: z.object({ tr: z.string(), en: z.string() }) }),
      'What is agreed to; its version is sent along.',
      { version: '2026-11', text: { tr: 'Kabul ediyorum.', en: 'I agree.' } },
    ),
    name: asked('a name'),
    note: asked('a few words'),
    topics: doc(
      z.array(z.object({ id: z.string(), label: z.object({ tr: z.string(), en: z.string() }) })),
      'To choose from; may be none.',
      [],
    ),
  }),
  'A form that asks to be called back, as pages show it.',
);

export const openCallbackForm = contract({
  id: 'callback-forms.open',
  method: 'GET',
  path: '/api/v1/callback-forms/:form',
  tag: 'callbacks',
  summary: 'A web form that asks to be called back, and what to send it with',
  description:
    'For the page of the form, here or on a page of an origin that flows/forms.yaml allows. The token is signed for this form and that origin, and is good once and for SANTRAL_FORM_TOKEN_MINUTES.',
  access: PUBLIC,
  otherOrigins: true,
  params,
  ratePerMinute: OPENED_PER_MINUTE,
  reply: {
    status: 200,
    description: 'The form.',
    schema: z.object({
      form: formView,
      token: doc(z.string(), 'Sent with the form.', 'q3VxT0wJk1a9ZbQe.mikx20g0.8FwYx1mPz0r4uTq7vKc2Lg'),
      expiresAt: at('When the token is too old.'),
      waitMs: doc(z.int().min(0), 'The form is refused when it comes sooner.', 3000),
      times: doc(z.array(time), 'Hours at which people may wish to be called, UTC milliseconds; empty: they may not choose.', []),
      callsFrom,
    }),
  },
  errors: ['form.unknown', 'request.forbidden'],
});

const text = (most: number, description: string, example: string) => doc(z.string().max(most), description, example).default('');

export const sendCallbackForm = contract({
  id: 'callback-forms.send',
  method: 'POST',
  path: '/api/v1/callback-forms/:form',
  tag: 'callbacks',
  summary: 'Ask to be called back',
  description:
    'Answers the same whether the number is new, waits for a call already, or is never to be called. Emergency, short, premium and our own numbers are refused.',
  access: PUBLIC,
  otherOrigins: true,
  params,
  ratePerMinute: SENT_PER_MINUTE,
  bodyLimit: BODY_LIMIT,
  body: z.strictObject({
    token: doc(z.string().max(100), 'Of the form as it was opened.', 'q3VxT0wJk1a9ZbQe.mikx20g0.8FwYx1mPz0r4uTq7vKc2Lg'),
    language,
    number: doc(z.string().min(1).max(LONGEST_NUMBER), 'A phone number in any usual form.', '0555 000 00 17'),
    name: text(LONGEST_NAME, 'Who asks.', 'Ayşe Yılmaz'),
    topic: text(LONGEST_NUMBER, 'One of the form’s topics; empty: none.', 'offer'),
    note: text(LONGEST_NOTE, 'What it is about, in a few words.', 'Yeni model hakkında'),
    notBefore: doc(time.nullable(), 'One of the times the form offers, UTC milliseconds; null: as soon as may be.', null).default(null),
    consent: doc(z.string().max(LONGEST_NUMBER), 'The version of the words that were agreed to.', '2026-11'),
    website: text(200, 'Left empty by people, who do not see it.', ''),
  }),
  reply: { status: 202, description: 'Somebody will call.', schema: z.object({ callsFrom }) },
  errors: [
    'form.unknown',
    'form.token-invalid',
    'form.token-expired',
    'form.token-used',
    'form.too-soon',
    'request.forbidden',
    'request.conflict',
  ],
});
