import type { AgentCounts, QueueCounts } from '../../acd/counts.ts';
import type { TalkEnd } from '../../domain/acd-event.ts';
import type { Label } from '../../domain/label.ts';
import type { Language } from '../../domain/language.ts';
import type { Column, FigureKind } from '../../services/reports/columns.ts';
import type { Names } from '../../services/reports/reports.ts';
import { type CountRow, isBlank } from '../../services/reports/rows.ts';
import type { DispositionRow, TalkRow } from '../../services/reports/talks.ts';
import { type Sheet, text } from '../exports/sheet.ts';

type Table = Omit<Sheet, 'name'>;

interface Place {
  readonly zone: string;
  readonly language: Language;
}

const WORDS = {
  from: { tr: 'Başlangıç', en: 'From' },
  to: { tr: 'Bitiş', en: 'To' },
  name: { tr: 'Ad', en: 'Name' },
  gap: { tr: 'Santral kapalıydı', en: 'Engine was away' },
  agent: { tr: 'Temsilci', en: 'Agent' },
  queue: { tr: 'Kuyruk', en: 'Queue' },
  direction: { tr: 'Yön', en: 'Direction' },
  inbound: { tr: 'Gelen', en: 'Incoming' },
  outbound: { tr: 'Giden', en: 'Outgoing' },
  waited: { tr: 'Bekleme', en: 'Waited' },
  talk: { tr: 'Konuşma', en: 'Talk' },
  hold: { tr: 'Bekletme', en: 'Hold' },
  wrapUp: { tr: 'Çağrı sonrası', en: 'Wrap-up' },
  ended: { tr: 'Bitiş biçimi', en: 'How it ended' },
  disposition: { tr: 'Sonuç', en: 'Disposition' },
  call: { tr: 'Çağrı', en: 'Call' },
  talks: { tr: 'Görüşme', en: 'Talks' },
  share: { tr: 'Pay', en: 'Share' },
  handle: { tr: 'Ortalama işlem süresi', en: 'Average handling time' },
} as const satisfies Record<string, Label>;

const TALK_ENDED: Readonly<Record<TalkEnd, Label>> = {
  'caller-hung-up': { tr: 'Müşteri kapattı', en: 'The customer hung up' },
  'agent-hung-up': { tr: 'Temsilci kapattı', en: 'The agent hung up' },
  transferred: { tr: 'Aktarıldı', en: 'Passed on' },
  'agent-lost': { tr: 'Temsilcinin bağlantısı koptu', en: 'The agent was lost' },
  'ended-by-user': { tr: 'Yönetim ekranından bitirildi', en: 'Ended from the control panel' },
  failed: { tr: 'Arıza ile bitti', en: 'Ended with a fault' },
};
type Word = keyof typeof WORDS;

/** What stands in a heading beside the name: CSV has numbers without a format. */
const UNITS: Readonly<Record<FigureKind, string>> = { count: '', duration: ' (s)', share: ' (%)' };

const titled = (language: Language, ...words: readonly (readonly [Word, FigureKind])[]): readonly string[] =>
  words.map(([word, kind]) => `${WORDS[word][language]}${UNITS[kind]}`);

interface Counted<C extends QueueCounts | AgentCounts> extends Place {
  readonly rows: AsyncIterable<CountRow<C>>;
  readonly columns: readonly Column<C>[];
  readonly nameOf: (key: string) => string;
}

export function countSheet<C extends QueueCounts | AgentCounts>({ rows, columns, nameOf, zone, language }: Counted<C>): Table {
  const cells = async function* () {
    for await (const { from, to, key, counts, gapMs } of rows) {
      const blank = isBlank({ from, to, gapMs });
      yield [
        { kind: 'time', value: from } as const,
        { kind: 'time', value: to } as const,
        text(nameOf(key)),
        ...columns.map(({ kind, of }) => ({ kind, value: blank ? null : of(counts) })),
        { kind: 'duration', value: gapMs } as const,
      ];
    }
  };
  const names = columns.map(({ label, kind }) => `${label[language]}${UNITS[kind]}`);
  const first = titled(language, ['from', 'count'], ['to', 'count'], ['name', 'count']);
  return { header: [...first, ...names, ...titled(language, ['gap', 'duration'])], rows: cells(), zone, language };
}

interface Talks extends Place {
  readonly rows: AsyncIterable<TalkRow>;
  readonly names: Names;
}

export function talkSheet({ rows, names, zone, language }: Talks): Table {
  const header = titled(
    language,
    ...([
      ['from', 'count'],
      ['agent', 'count'],
      ['queue', 'count'],
      ['direction', 'count'],
      ['waited', 'duration'],
    ] as const),
    ...([
      ['talk', 'duration'],
      ['hold', 'duration'],
      ['wrapUp', 'duration'],
      ['ended', 'count'],
      ['disposition', 'count'],
      ['call', 'count'],
    ] as const),
  );
  const cells = async function* () {
    for await (const { at, agent, queue, direction, waitedMs, ended, wrapMs, ruledBy, disposition, callId } of rows)
      yield [
        { kind: 'time', value: at } as const,
        text(names.agent(agent)),
        text(queue === null ? '' : names.queue(queue)[language]),
        text(WORDS[direction][language]),
        ...[waitedMs, ended?.talkMs ?? null, ended?.holdMs ?? null, wrapMs].map((value) => ({ kind: 'duration', value }) as const),
        text(ended === null ? '' : TALK_ENDED[ended.how][language]),
        text(disposition === null ? '' : names.disposition(ruledBy, disposition)[language]),
        text(callId),
      ];
  };
  return { header, rows: cells(), zone, language };
}

interface Dispositions extends Place {
  readonly rows: readonly DispositionRow[];
  readonly names: Names;
}

export function dispositionSheet({ rows, names, zone, language }: Dispositions): Table {
  const all = rows.reduce((sum, { talks }) => sum + talks, 0);
  const header = titled(
    language,
    ['queue', 'count'],
    ['disposition', 'count'],
    ['talks', 'count'],
    ['share', 'share'],
    ['handle', 'duration'],
  );
  const cells = async function* () {
    for (const { queue, disposition, talks, handleMs } of rows)
      yield [
        text(names.queue(queue)[language]),
        text(names.disposition(queue, disposition)[language]),
        { kind: 'count', value: talks } as const,
        { kind: 'share', value: all === 0 ? null : talks / all } as const,
        { kind: 'duration', value: talks === 0 ? null : handleMs / talks } as const,
      ];
  };
  return { header, rows: cells(), zone, language };
}
