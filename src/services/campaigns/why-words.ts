import type { Why, WhyGroup } from '../../dialer/explain.ts';
import type { Language } from '../../domain/language.ts';

type Words = Readonly<Record<WhyGroup['code'] | NonNullable<Why['limiter']>, string>>;

const EN: Words = {
  'emergency-stop': 'stopped by the emergency stop',
  'not-running': 'wait because the campaign is not running',
  'not-begun': 'wait for the campaign’s beginning',
  over: 'come too late: the campaign has ended',
  hours: 'outside the calling window',
  holiday: 'wait because of a holiday',
  'consents-stale': 'wait because the registry of consents was not read lately',
  retry: 'wait to be tried again',
  cap: 'were called often enough lately, or are being called',
  ready: 'ready',
  'no-line': 'there is no line to Asterisk',
  'other-engine': 'another engine dials',
  'trunk-resting': 'the trunk is congested and rests',
  'calls-fail': 'calls cannot be placed; the log says why',
  'lines-taken': 'all lines for campaigns are taken',
  'channels-taken': 'all channels of the campaign are taken',
  'no-agents': 'no agent is free',
  speed: 'calls per second',
};
const TR: Words = {
  'emergency-stop': 'acil durdurma nedeniyle bekliyor',
  'not-running': 'kampanya çalışmadığı için bekliyor',
  'not-begun': 'kampanyanın başlangıcını bekliyor',
  over: 'geç kaldı: kampanya bitti',
  hours: 'arama saatleri dışında',
  holiday: 'tatil nedeniyle bekliyor',
  'consents-stale': 'izin kayıtları yakın zamanda okunamadığı için bekliyor',
  retry: 'yeniden aranmayı bekliyor',
  cap: 'son zamanda yeterince arandı ya da şu an aranıyor',
  ready: 'hazır',
  'no-line': 'Asterisk ile bağlantı yok',
  'other-engine': 'başka bir motor arıyor',
  'trunk-resting': 'hat sıkışık, dinleniyor',
  'calls-fail': 'arama başlatılamıyor; nedeni kayıtlarda',
  'lines-taken': 'kampanyalara ayrılan hatların hepsi dolu',
  'channels-taken': 'kampanyanın kanallarının hepsi dolu',
  'no-agents': 'boşta temsilci yok',
  speed: 'saniyedeki arama sayısı',
};
const WORDS: Readonly<Record<Language, Words>> = { tr: TR, en: EN };

/** `412 waiting: 300 outside the calling window until 09:00, 112 ready; limit: all lines are taken`. Times on the zone's clock. */
export function tellWhy(why: Why, zone: string, language: Language): string {
  const words = WORDS[language];
  const when = new Intl.DateTimeFormat(language, { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const groups = why.groups.map(({ code, count, wakeAt }) => {
    const until = wakeAt === null || code === 'ready' ? '' : ` (${when.format(wakeAt)})`;
    return `${count} ${words[code]}${until}`;
  });
  const limit = why.limiter === null ? '' : `; ${language === 'tr' ? 'sınır' : 'limit'}: ${words[why.limiter]}`;
  const head = language === 'tr' ? `${why.waiting} kişi bekliyor` : `${why.waiting} waiting`;
  return groups.length === 0 ? head : `${head}: ${groups.join(', ')}${limit}`;
}
