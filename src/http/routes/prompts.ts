import type { z } from 'zod';
import type { ListedPrompt, PromptVersion } from '../../services/prompts/prompt-list.ts';
import { hearPrompt, listPrompts, putRecording, removeRecording } from '../contracts/prompts.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

type View = z.output<typeof listPrompts.reply.schema>;

export function promptRoutes({ deps: { prompts } }: RouteContext): readonly Route[] {
  return [
    route(listPrompts, async () => {
      const { prompts: items, absent } = await prompts.list();
      return { items: items.map(view), absent: absent.map(({ key, usedBy }) => ({ key, usedBy: usedBy.map(viewUse) })) };
    }),
    route(hearPrompt, async ({ params, reply }) => {
      const { wav, source } = await prompts.hear(params.key, params.language);
      void reply.header('cache-control', 'private, no-cache').header('x-santral-source', source);
      return wav;
    }),
    route(putRecording, async ({ params, body, caller, reply }) => {
      const stop = new AbortController();
      reply.raw.once('close', () => stop.abort());
      const { durationMs, remarks } = await prompts.record(params.key, params.language, body, caller.user.name, stop.signal);
      return { durationMs, remarks: [...remarks] };
    }),
    route(removeRecording, async ({ params, caller }) => prompts.unrecord(params.key, params.language, caller.user.name)),
  ];
}

function view({ key, file, line, versions, missing, usedBy, usedByEngine }: ListedPrompt): View['items'][number] {
  const shown = { tr: viewVersion(versions.tr), en: viewVersion(versions.en) };
  return { key, file, line, versions: shown, missing: [...missing], usedBy: usedBy.map(viewUse), usedByEngine };
}

function viewVersion({ text, speaksValues, recording }: PromptVersion): View['items'][number]['versions']['tr'] {
  return { text, speaksValues, recording: recording === null ? null : { ...recording } };
}

function viewUse({ flow, nodes }: ListedPrompt['usedBy'][number]) {
  return { flow, nodes: [...nodes] };
}
