import { LANGUAGES, type Language } from '../../domain/language.ts';
import { download, request } from './client.ts';
import { type Shape, shape } from './shape.ts';
import { type Progress, upload } from './upload.ts';

export interface UsedBy {
  readonly flow: string;
  readonly nodes: readonly string[];
}

/** A prompt in one language. */
export interface PromptVersion {
  readonly text: string | null;
  readonly speaksValues: boolean;
  /** `by`: who uploaded it; null for one that came with the catalogue. */
  readonly recording: { readonly origin: 'uploaded' | 'shipped'; readonly changedAt: number; readonly by: string | null } | null;
}

export interface Prompt {
  readonly key: string;
  readonly file: string;
  readonly versions: Readonly<Record<Language, PromptVersion>>;
  readonly missing: readonly Language[];
  readonly usedBy: readonly UsedBy[];
  readonly usedByEngine: boolean;
}

export interface PromptList {
  readonly prompts: readonly Prompt[];
  readonly absent: readonly { readonly key: string; readonly usedBy: readonly UsedBy[] }[];
}

export async function listPrompts(): Promise<PromptList> {
  const answer = shape(await request('GET', '/prompts'), 'prompts');
  return {
    prompts: answer.list('items').map(promptFrom),
    absent: answer.list('absent').map((row) => ({ key: row.text('key'), usedBy: usersFrom(row) })),
  };
}

/** What callers hear, as sound that an audio element can play. */
export function hearPrompt(key: string, language: Language): Promise<Blob> {
  return download(`/prompts/${encodeURIComponent(key)}/audio/${language}`);
}

export type Remark = 'clipped' | 'quiet';

/** Uploads a file as it is; gives what a listener may find bad about it. */
export async function recordPrompt(key: string, language: Language, file: Blob, onProgress: Progress): Promise<readonly Remark[]> {
  const answer = shape(await upload(recordingOf(key, language), file, onProgress), 'recording');
  const { remarks } = answer.raw as { remarks?: unknown };
  return Array.isArray(remarks) ? remarks.filter((one): one is Remark => one === 'clipped' || one === 'quiet') : [];
}

export async function unrecordPrompt(key: string, language: Language): Promise<void> {
  await request('DELETE', recordingOf(key, language));
}

function recordingOf(key: string, language: Language): string {
  return `/prompts/${encodeURIComponent(key)}/recordings/${language}`;
}

function promptFrom(row: Shape): Prompt {
  const versions = row.child('versions');
  return {
    key: row.text('key'),
    file: row.text('file'),
    versions: { tr: versionFrom(versions.child('tr')), en: versionFrom(versions.child('en')) },
    missing: LANGUAGES.filter((language) => ((row.raw as { missing?: unknown[] }).missing ?? []).includes(language)),
    usedBy: usersFrom(row),
    usedByEngine: row.flag('usedByEngine'),
  };
}

function versionFrom(version: Shape): PromptVersion {
  const found = version.has('recording') ? version.child('recording') : null;
  const recording =
    found === null
      ? null
      : {
          origin: found.text('origin') === 'uploaded' ? ('uploaded' as const) : ('shipped' as const),
          changedAt: found.number('changedAt'),
          by: found.optionalText('changedBy'),
        };
  return { text: version.optionalText('text'), speaksValues: version.flag('speaksValues'), recording };
}

function usersFrom(row: Shape): UsedBy[] {
  return row.list('usedBy').map((user) => ({ flow: user.text('flow'), nodes: (user.raw as { nodes: readonly string[] }).nodes }));
}
