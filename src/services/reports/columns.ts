import type { AgentCounts, QueueCounts } from '../../acd/counts.ts';
import { AGENT_FIGURES, type Formula, flowOutsOf, loggedInMs, QUEUE_FIGURES, SERVICE_LEVEL, SERVICE_LEVELS } from '../../acd/figures.ts';
import type { Label } from '../../domain/label.ts';

/** count: whole · duration: ms · share: 0 to 1. */
export type FigureKind = 'count' | 'duration' | 'share';

/** A figure of a report: its name, how it is reckoned, and the formula that is shown with it. */
export interface Column<C> {
  readonly id: string;
  readonly label: Label;
  readonly kind: FigureKind;
  /** null: it is counted, not reckoned. */
  readonly formula: Label | null;
  of(counts: C): number | null;
}

const counted = <C>(id: string, tr: string, en: string, of: (counts: C) => number, kind: FigureKind = 'count'): Column<C> => ({
  ...{ id, label: { tr, en }, kind, formula: null },
  of,
});

/** `formulaTr`: the formula's words in Turkish, where it has any. */
const reckoned = <C>(tr: string, en: string, kind: FigureKind, { id, formula, of }: Formula<C>, formulaTr = formula): Column<C> => ({
  ...{ id, label: { tr, en }, kind, formula: { tr: formulaTr, en: formula } },
  of,
});

/** The formula of that name; the product's own when there is none. */
export function serviceLevelOf(id: string | undefined): Formula<QueueCounts> {
  return SERVICE_LEVELS.find((one) => one.id === id) ?? SERVICE_LEVEL;
}

const AHT_TR = '(konuşma + bekletme + çağrı sonrası) / görüşülen';

/** A queue's, with the service level under the formula that is wanted. */
export function queueColumns(level: Formula<QueueCounts> = SERVICE_LEVEL): readonly Column<QueueCounts>[] {
  const f = QUEUE_FIGURES;
  return [
    counted('offered', 'Gelen (O)', 'Offered (O)', (c) => c.offered),
    counted('answered', 'Yanıtlanan (A)', 'Answered (A)', (c) => c.answered),
    counted('answered-in-time', 'Süresinde yanıtlanan (A_T)', 'Answered in time (A_T)', (c) => c.answeredInTime),
    reckoned('Hizmet düzeyi', 'Service level', 'share', { ...level, id: 'service-level' }),
    counted('abandoned', 'Terk (Ab)', 'Abandoned (Ab)', (c) => c.abandoned),
    counted('short-abandoned', 'Kısa terk (Ab_s)', 'Short abandoned (Ab_s)', (c) => c.shortAbandoned),
    reckoned('Terk oranı', 'Abandon rate', 'share', f.abandonRate),
    counted('flow-outs', 'Başka yolla ayrılan (F)', 'Left otherwise (F)', flowOutsOf),
    counted('waiting', 'Bekleyen', 'Waiting', (c) => c.waiting),
    reckoned('Ortalama yanıt süresi', 'Average speed of answer', 'duration', f.averageAnswerMs, 'Σ yanıtlananların beklemesi / A'),
    reckoned('Ortalama terk süresi', 'Average time to abandon', 'duration', f.averageAbandonMs, 'Σ terk edenlerin beklemesi / Ab'),
    counted('longest-wait', 'En uzun bekleme', 'Longest wait', (c) => c.longestWaitMs, 'duration'),
    counted('handled', 'Görüşülen', 'Handled', (c) => c.handled),
    reckoned('Ortalama işlem süresi', 'Average handling time', 'duration', f.averageHandleMs, AHT_TR),
    ...times<QueueCounts>(),
    reckoned('Aktarma oranı', 'Transfer rate', 'share', f.transferRate, 'aktarılan / görüşülen'),
    reckoned('Açılmayan çağrı oranı', 'Not answered offers', 'share', f.ronaRate, 'açılmayan teklif / teklif'),
  ];
}

/** An agent's. Talks count where they began. */
export function agentColumns(): readonly Column<AgentCounts>[] {
  const f = AGENT_FIGURES;
  return [
    counted('handled', 'Görüşülen', 'Handled', (c) => c.handled),
    reckoned('Ortalama işlem süresi', 'Average handling time', 'duration', f.averageHandleMs, AHT_TR),
    reckoned('Doluluk', 'Occupancy', 'share', f.occupancy, 'işlem süresi / (işlem süresi + müsait)'),
    reckoned('Kullanım', 'Utilisation', 'share', f.utilisation, 'işlem süresi / çalışma süresi'),
    ...times<AgentCounts>(),
    counted('available', 'Müsait', 'Available', ({ stateMs }) => stateMs.available + stateMs.reserved + stateMs.ringing, 'duration'),
    counted('paused', 'Mola', 'Paused', ({ stateMs }) => stateMs.paused, 'duration'),
    counted('unreachable', 'Ulaşılamaz', 'Unreachable', ({ stateMs }) => stateMs.unreachable, 'duration'),
    counted('logged-in', 'Çalışma süresi', 'Logged in', loggedInMs, 'duration'),
    counted('offers', 'Teklif', 'Offers', (c) => c.agentOffers),
    counted('not-answered', 'Açılmayan', 'Not answered', (c) => c.notAnswered),
    counted('refused', 'Reddedilen', 'Refused', (c) => c.refused),
    reckoned('Açılmayan çağrı oranı', 'Not answered offers', 'share', f.ronaRate, 'açılmayan teklif / teklif'),
    reckoned('Aktarma oranı', 'Transfer rate', 'share', f.transferRate, 'aktarılan / görüşülen'),
  ];
}

function times<C extends Pick<QueueCounts, 'talkMs' | 'holdMs' | 'wrapMs' | 'transferred'>>(): readonly Column<C>[] {
  return [
    counted('talk', 'Konuşma', 'Talk', (c) => c.talkMs, 'duration'),
    counted('hold', 'Bekletme', 'Hold', (c) => c.holdMs, 'duration'),
    counted('wrap-up', 'Çağrı sonrası', 'Wrap-up', (c) => c.wrapMs, 'duration'),
    counted('transferred', 'Aktarılan', 'Transferred', (c) => c.transferred),
  ];
}
