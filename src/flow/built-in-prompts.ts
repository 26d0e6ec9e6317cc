import type { Language } from '../domain/language.ts';

/**
 * What nodes say of their own where the flow gives no prompt. The catalogue's text of the same key wins, as long as it
 * reads no other names; these stand behind it, so that such a node always has words.
 */
export interface BuiltInPrompt {
  readonly key: string;
  /** Names that the node gives to the text. */
  readonly names: readonly string[];
  readonly text: Readonly<Record<Language, string>>;
}

export const RECORDING_PROMPTS = {
  review: {
    key: 'recording.review',
    names: ['listen', 'keep', 'again', 'discard'],
    text: {
      tr: 'Kaydınızı dinlemek için {{listen|key}}, onaylamak için {{keep|key}}, yeniden kaydetmek için {{again|key}}, silmek için {{discard|key}} tuşlayın.',
      en: 'To listen to your recording, press {{listen|key}}. To keep it, press {{keep|key}}. To record it again, press {{again|key}}. To delete it, press {{discard|key}}.',
    },
  },
  greeting: {
    key: 'recording.voicemail',
    names: [],
    text: {
      tr: 'Şu anda size yanıt veremiyoruz. Lütfen sinyal sesinden sonra mesajınızı bırakın.',
      en: 'We cannot take your call at the moment. Please leave a message after the tone.',
    },
  },
} as const satisfies Record<string, BuiltInPrompt>;

export const CONSENT_PROMPTS = {
  ONAY: {
    key: 'consent.granted',
    names: [],
    text: { tr: 'Onayınızı kaydettik. Teşekkür ederiz.', en: 'We have noted your consent. Thank you.' },
  },
  RET: {
    key: 'consent.refused',
    names: [],
    text: { tr: 'Onay vermediğinizi kaydettik.', en: 'We have noted that you do not consent.' },
  },
  optOut: {
    key: 'consent.opted-out',
    names: [],
    text: {
      tr: 'Talebinizi kaydettik. Sizi bir daha tanıtım amacıyla aramayacağız.',
      en: 'We have noted your wish. We will not call you with offers again.',
    },
  },
} as const satisfies Record<string, BuiltInPrompt>;

export const CALLBACK_PROMPTS = {
  offer: {
    key: 'callback.offer',
    names: ['number', 'yes', 'no', 'leave'],
    text: {
      tr: 'Sizi {{number|phone}} numarasından arayabiliriz. Onaylıyorsanız {{yes|key}}, başka bir numara için {{no|key}}, vazgeçmek için {{leave|key}} tuşlayın.',
      en: 'We can call you back on {{number|phone}}. If that is right, press {{yes|key}}. For another number, press {{no|key}}. To leave, press {{leave|key}}.',
    },
  },
  ask: {
    key: 'callback.ask-number',
    names: ['end'],
    text: {
      tr: 'Lütfen sizi arayacağımız numarayı alan koduyla birlikte tuşlayın, ardından {{end|key}} tuşlayın.',
      en: 'Please enter the number we should call, with its area code, then press {{end|key}}.',
    },
  },
  bad: {
    key: 'callback.bad-number',
    names: [],
    text: { tr: 'Bu numarayı arayamıyoruz.', en: 'We cannot call that number.' },
  },
  done: {
    key: 'callback.done',
    names: [],
    text: { tr: 'Talebinizi aldık. Sizi en kısa sürede arayacağız.', en: 'We have your request. We will call you back as soon as we can.' },
  },
} as const satisfies Record<string, BuiltInPrompt>;

/** All of them: sounds/ holds a text for each. */
export const NODE_PROMPTS: readonly BuiltInPrompt[] = [RECORDING_PROMPTS, CONSENT_PROMPTS, CALLBACK_PROMPTS].flatMap(
  (group): readonly BuiltInPrompt[] => Object.values(group),
);
