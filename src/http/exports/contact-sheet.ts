import type { AttemptOutcome } from '../../domain/attempt.ts';
import type { ContactOutcome, ContactState } from '../../domain/contact.ts';
import type { Label } from '../../domain/label.ts';
import type { Language } from '../../domain/language.ts';
import type { FoundContact } from '../../services/campaigns/campaigns.ts';
import { type Cell, type Sheet, text } from './sheet.ts';

const HEADS: readonly Label[] = [
  { tr: 'Sıra', en: 'Row' },
  { tr: 'Numara', en: 'Number' },
  { tr: 'Durum', en: 'State' },
  { tr: 'Sonuç', en: 'Outcome' },
  { tr: 'Deneme', en: 'Attempts' },
  { tr: 'Son arama', en: 'Last call' },
  { tr: 'Dinlenen (%)', en: 'Heard (%)' },
  { tr: 'Tuş', en: 'Keys' },
];

const STATES: Readonly<Record<ContactState, Label>> = {
  pending: { tr: 'Henüz aranmadı', en: 'Not called yet' },
  leased: { tr: 'Aranmak üzere', en: 'About to be called' },
  dialing: { tr: 'Aranıyor', en: 'Being called' },
  'waiting-retry': { tr: 'Yeniden aranacak', en: 'Called again later' },
  done: { tr: 'Tamamlandı', en: 'Done' },
  suppressed: { tr: 'Aranmayacak', en: 'Not to be called' },
};

const OUTCOMES: Readonly<Record<ContactOutcome | AttemptOutcome, Label>> = {
  delivered: { tr: 'Mesaj dinletildi', en: 'Message delivered' },
  'hung-up-early': { tr: 'Mesaj bitmeden kapattı', en: 'Hung up early' },
  'no-answer': { tr: 'Yanıt yok', en: 'No answer' },
  busy: { tr: 'Meşgul', en: 'Busy' },
  rejected: { tr: 'Reddetti', en: 'Rejected' },
  'invalid-number': { tr: 'Geçersiz numara', en: 'Invalid number' },
  congestion: { tr: 'Hat sıkışık', en: 'Congestion' },
  failed: { tr: 'Hata', en: 'Failed' },
  unknown: { tr: 'Bilinmiyor', en: 'Unknown' },
  dropped: { tr: 'Temsilci bulunamadı', en: 'No agent was free' },
  withdrawn: { tr: 'Geri çekildi', en: 'Withdrawn' },
  expired: { tr: 'Kampanya süresi doldu', en: 'Campaign was over' },
  cancelled: { tr: 'Kampanya iptal edildi', en: 'Campaign cancelled' },
  'do-not-contact': { tr: 'İletişim istemiyor', en: 'Does not want to be contacted' },
  refused: { tr: 'İzin vermedi', en: 'Refused consent' },
  'no-consent': { tr: 'İzni yok', en: 'No consent' },
};

interface Contacts {
  readonly rows: AsyncIterable<FoundContact>;
  readonly zone: string;
  readonly language: Language;
  /** How a number is shown to who asks. */
  readonly show: (number: string) => string;
}

/** All contacts of a campaign with how they ended. */
export function contactSheet({ rows, zone, language, show }: Contacts): Omit<Sheet, 'name'> {
  const cells = async function* (): AsyncGenerator<readonly Cell[]> {
    for await (const { contact, attempts, row } of rows) {
      const last = attempts.at(-1);
      const outcome = contact.outcome ?? last?.outcome ?? null;
      yield [
        { kind: 'count', value: contact.seq },
        text(row === undefined ? '' : show(row.number)),
        text(STATES[contact.state][language]),
        text(outcome === null ? '' : OUTCOMES[outcome][language]),
        { kind: 'count', value: attempts.length },
        { kind: 'time', value: last === undefined ? null : (last.originatedAt ?? last.createdAt) },
        { kind: 'share', value: last?.heardShare ?? null },
        { kind: 'count', value: attempts.reduce((sum, { keys }) => sum + keys, 0) },
      ];
    }
  };
  return { header: HEADS.map((head) => head[language]), rows: cells(), zone, language };
}
