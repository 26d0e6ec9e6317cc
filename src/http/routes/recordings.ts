import type { z } from 'zod';
import { SantralError } from '../../domain/errors.ts';
import type { Recording } from '../../domain/recording.ts';
import { getRecording, hearRecording, listRecordings, markHeard, type recordingView, removeRecording } from '../contracts/recordings.ts';
import { type Route, route, streamRoute } from '../route.ts';
import { sendAudio } from '../send-audio.ts';
import type { RouteContext } from './context.ts';

export function recordingRoutes({ deps: { recordings, config } }: RouteContext): readonly Route[] {
  const { brand } = config;
  const mustHave = async (id: Recording['id']): Promise<Recording> => {
    const found = await recordings.get(id);
    return found?.brand === brand ? found : missing();
  };
  return [
    route(listRecordings, async ({ query: { limit, ...filter } }) => {
      const rows = await recordings.list({ brand, limit: limit + 1, ...given(filter) });
      const items = rows.slice(0, limit).map(view);
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),
    route(getRecording, async ({ params }) => view(await mustHave(params.id))),
    streamRoute(hearRecording, async ({ params, request, reply, caller }) => {
      await mustHave(params.id);
      const audio = (await recordings.audio(params.id)) ?? missing();
      await recordings.listens(params.id, caller.user.name);
      await sendAudio({ request, reply }, audio, params.id);
    }),
    route(markHeard, async ({ params, caller }) => {
      await mustHave(params.id);
      if (!(await recordings.heard(params.id, caller.user.name))) missing();
      return view(await mustHave(params.id));
    }),
    route(removeRecording, async ({ params, caller }) => {
      await mustHave(params.id);
      if (!(await recordings.remove(params.id, caller.user.name))) missing();
    }),
  ];
}

/** What the query says, without what it leaves out. */
function given<T extends object>(filter: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function view({ durationMs, ...recording }: Recording): z.output<typeof recordingView> {
  return { ...recording, seconds: durationMs / 1000 };
}

function missing(): never {
  throw new SantralError('request.not-found', 'There is no such recording, or its audio is gone.');
}
