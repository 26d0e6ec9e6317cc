import type { FastifyReply } from 'fastify';
import type { Language } from '../../domain/language.ts';
import { agentColumns, queueColumns, serviceLevelOf } from '../../services/reports/columns.ts';
import type { Days } from '../../services/reports/period.ts';
import { agentFiles, dispositionFiles, queueFiles, talkFiles } from '../contracts/reports.ts';
import type { FileKind } from '../exports/file-kinds.ts';
import { sendTable } from '../exports/send-table.ts';
import type { Sheet } from '../exports/sheet.ts';
import { type Route, streamRoute } from '../route.ts';
import type { RouteContext } from './context.ts';
import { countSheet, dispositionSheet, talkSheet } from './report-sheets.ts';
import { countWish, talksWish } from './report-wishes.ts';

/** The reports as files, sent while they are made. */
export function reportFileRoutes(context: RouteContext): readonly Route[] {
  return [...filesOf('csv', context), ...filesOf('xlsx', context)];
}

function filesOf(kind: FileKind, { deps: { reports, config, log } }: RouteContext): readonly Route[] {
  const { zone } = config;
  const inLanguage = (lang: Language | undefined): Language => lang ?? config.language;
  const send = async (reply: FastifyReply, of: string, days: Days, table: Omit<Sheet, 'name'>): Promise<void> => {
    await sendTable(reply, log, kind, { ...table, name: `santral-${of}-${days.from}-${days.to}` });
  };
  return [
    streamRoute(queueFiles[kind], async ({ query: { lang, level, ...query }, reply }) => {
      const rows = reports.queues(countWish(query, query.queue, zone));
      const language = inLanguage(lang);
      const { queue } = await reports.names();
      const columns = queueColumns(serviceLevelOf(level));
      await send(reply, 'queues', query, countSheet({ rows, columns, nameOf: (key) => queue(key)[language], zone, language }));
    }),
    streamRoute(agentFiles[kind], async ({ query: { lang, ...query }, reply }) => {
      const rows = reports.agents(countWish(query, query.agent, zone));
      const { agent: nameOf } = await reports.names();
      await send(reply, 'agents', query, countSheet({ rows, columns: agentColumns(), nameOf, zone, language: inLanguage(lang) }));
    }),
    streamRoute(talkFiles[kind], async ({ query: { lang, ...query }, reply }) => {
      const rows = reports.talks(talksWish(query, zone));
      await send(reply, 'talks', query, talkSheet({ rows, names: await reports.names(), zone, language: inLanguage(lang) }));
    }),
    streamRoute(dispositionFiles[kind], async ({ query: { lang, ...query }, reply }) => {
      const rows = await reports.dispositions(talksWish(query, zone));
      await send(reply, 'dispositions', query, dispositionSheet({ rows, names: await reports.names(), zone, language: inLanguage(lang) }));
    }),
  ];
}
