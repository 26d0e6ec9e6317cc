import type { Language } from '../../domain/language.ts';

const tr = {
  loading: 'Anket açılıyor…',
  other: 'English',
  least: 'Kesinlikle tavsiye etmem',
  most: 'Kesinlikle tavsiye ederim',
  optional: 'isteğe bağlı',
  left: 'karakter kaldı',
  send: 'Gönder',
  sending: 'Gönderiliyor…',
  required: 'Lütfen önce bu soruyu yanıtlayın.',
  once: 'Yanıtlarınız adınız ve numaranız olmadan kaydedilir. Bu bağlantı bir kez kullanılabilir.',
  thanks: 'Teşekkürler',
  close: 'Bu sayfayı kapatabilirsiniz.',
  again: 'Yeniden dene',
  invalid: ['Bağlantı geçersiz', 'Bağlantı eksik ya da hatalı. Size gönderilen bağlantıyı olduğu gibi açın.'],
  expired: ['Bağlantının süresi doldu', 'Bu anketi yanıtlama süresi sona erdi. İlginiz için teşekkür ederiz.'],
  used: ['Bu anket yanıtlandı', 'Her bağlantı bir kez kullanılabilir. Yanıtlarınız bize ulaştı, teşekkür ederiz.'],
  'too-many': ['Çok sık denendi', 'Lütfen bir dakika bekleyip yeniden deneyin.'],
  trouble: ['Ankete ulaşılamadı', 'İnternet bağlantınızı denetleyip yeniden deneyin.'],
} as const;

type Words = { readonly [K in keyof typeof tr]: (typeof tr)[K] extends string ? string : readonly [title: string, text: string] };

const en: Words = {
  loading: 'Opening the survey…',
  other: 'Türkçe',
  least: 'Not at all likely',
  most: 'Extremely likely',
  optional: 'optional',
  left: 'characters left',
  send: 'Send',
  sending: 'Sending…',
  required: 'Please answer this question first.',
  once: 'Your answers are stored without your name and number. This link works once.',
  thanks: 'Thank you',
  close: 'You may close this page.',
  again: 'Try again',
  invalid: ['This link is not valid', 'It is incomplete or was changed. Please open the link as it was sent to you.'],
  expired: ['This link has expired', 'The time to answer this survey is over. Thank you for your interest.'],
  used: ['This survey has been answered', 'Each link works once. We have your answers, thank you.'],
  'too-many': ['Too many tries', 'Please wait a minute and try again.'],
  trouble: ['The survey cannot be reached', 'Please check your connection and try again.'],
};

/** The page's own words. There are few, and the page is to be light: no library of texts for them. */
export const WORDS: Readonly<Record<Language, Words>> = { tr, en };
