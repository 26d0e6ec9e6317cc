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
  { tr: 'Süre (s)', en: 'Length (s)' },
  { tr: 'Dinlenen (%)', en: 'Heard (%)' },
  { tr: 'Tuşlar', en: 'Keys' },
];

const STATES: Readonly<Record<ContactState, Label>> = {
  pending: { tr: 'Henüz aranmadı', en: 'Not called yet' },
  leased: { tr: 'Aranmak üzere', en: 'About to be called' },
  dialing: { tr: 'Aranıyor', en: 'Being called' },
  'waiting-retry': { tr: 'Yeniden aranacak', en: 'To be tried again' },
  done: { tr: 'Tamamlandı', en: 'Through' },
  suppressed: { tr: 'Aranamaz', en: 'May not be called' },
};

const OUTCOMES: Readonly<Record<ContactOutcome | AttemptOutcome, Label>> = {
  delivered: { tr: 'Ulaşıldı', en: 'Reached' },
  'hung-up-early': { tr: 'Erken kapattı', en: 'Hung up early' },
  machine: { tr: 'Telesekreter', en: 'Answering machine' },
  'no-answer': { tr: 'Açmadı', en: 'No answer' },
  busy: { tr: 'Meşgul', en: 'Busy' },
  rejected: { tr: 'Reddetti', en: 'Rejected' },
  'invalid-number': { tr: 'Geçersiz numara', en: 'Invalid number' },
  congestion: { tr: 'Hat sıkışık', en: 'Congestion' },
  failed: { tr: 'Arama kurulamadı', en: 'Could not be called' },
  unknown: { tr: 'Bilinmiyor', en: 'Unknown' },
  dropped: { tr: 'Temsilci bulunamadı', en: 'No agent was there' },
  expired: { tr: 'Süre doldu', en: 'Time was over' },
  cancelled: { tr: 'İptal edildi', en: 'Cancelled' },
  withdrawn: { tr: 'Biz vazgeçtik', en: 'Taken back by us' },
  'do-not-contact': { tr: 'Aranmak istemiyor', en: 'Wants no calls' },
  refused: { tr: 'İzni geri çekti', en: 'Refused consent' },
  'no-consent': { tr: 'İzni yok', en: 'No consent' },
  excluded: { tr: 'Kampanyadan çıkarıldı', en: 'Taken out' },
  served: { tr: 'Temsilciyle görüştü', en: 'Has talked with an agent' },
  'appointment-confirmed': { tr: 'Randevusunu onayladı', en: 'Confirmed the appointment' },
};

interface ContactSheet {
  readonly rows: AsyncIterable<FoundContact>;
  /** Columns of the lists, as flows read them; their values stand behind. */
  readonly variables: readonly string[];
  readonly zone: string;
  readonly language: Language;
  /** How a number is shown to who asks. */
  readonly show: (number: string) => string;
}

/** Everybody in a campaign with how they ended, as a table. */
export function contactSheet({ rows, variables, zone, language, show }: ContactSheet): Omit<Sheet, 'name'> {
  const cells = async function* (): AsyncGenerator<readonly Cell[]> {
    for await (const contact of rows) yield [...cellsOf(contact, language, show), ...variables.map((name) => valueIn(contact, name))];
  };
  return { header: [...HEADS.map((head) => head[language]), ...variables], rows: cells(), zone, language };
}

function cellsOf({ contact, attempts, choices, row }: FoundContact, language: Language, show: ContactSheet['show']): readonly Cell[] {
  const last = attempts.at(-1);
  const outcome = contact.outcome ?? last?.outcome ?? null;
  const talked = last?.answeredAt == null || last.endedAt === null ? null : last.endedAt - last.answeredAt;
  return [
    { kind: 'count', value: contact.seq },
    text(row === undefined ? '' : show(row.number)),
    text(STATES[contact.state][language]),
    text(outcome === null ? '' : OUTCOMES[outcome][language]),
    { kind: 'count', value: attempts.length },
    { kind: 'time', value: last === undefined ? null : (last.originatedAt ?? last.createdAt) },
    { kind: 'duration', value: talked },
    { kind: 'share', value: last?.heardShare ?? null },
    text(choices.map(({ keys }) => keys).join(' ')),
  ];
}

function valueIn({ row }: FoundContact, name: string): Cell {
  const value = row?.variables[name] ?? null;
  return text(typeof value === 'string' || typeof value === 'number' ? String(value) : '');
}
