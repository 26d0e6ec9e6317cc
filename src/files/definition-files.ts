import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DefinitionSource, Definitions, TextFile } from '../ports/definitions.ts';

/** Files of the flows' directory that hold something else. */
const NOT_FLOWS: ReadonlySet<string> = new Set([
  'numbers.yaml',
  'connectors.yaml',
  'senders.yaml',
  'webhooks.yaml',
  'queues.yaml',
  'directory.yaml',
  'dispositions.yaml',
  'segments.yaml',
  'forms.yaml',
]);

/** Whether a file of the flows' directory holds a flow, by its name. */
export function isFlowFile(name: string): boolean {
  return name.endsWith('.yaml') && !NOT_FLOWS.has(name) && !name.includes('.test.');
}

interface Directories {
  readonly flows: string;
  readonly sounds: string;
  /** Where uploaded recordings are kept. */
  readonly uploads?: string;
}

/** Definitions from the two directories analysts write in, and the recordings that managers brought; a directory that is missing is empty. */
export function definitionFiles(dirs: Directories): DefinitionSource {
  return { read: () => readDefinitions(dirs) };
}

async function readDefinitions({ flows, sounds, uploads }: Directories): Promise<Definitions> {
  const [
    flowFiles,
    catalogue,
    calendars,
    messages,
    numbers,
    connectors,
    shipped,
    surveys,
    uploaded,
    queues,
    dispositions,
    directory,
    forms,
  ] = await Promise.all([
    readYamlFiles(flows, isFlowFile),
    readYamlFiles(sounds, () => true),
    readYamlFiles(path.join(flows, 'calendars'), () => true),
    readYamlFiles(path.join(flows, 'messages'), () => true),
    readText(path.join(flows, 'numbers.yaml')),
    readText(path.join(flows, 'connectors.yaml')),
    readRecordings(sounds),
    readYamlFiles(path.join(flows, 'surveys'), () => true),
    uploads === undefined ? [] : readRecordings(uploads),
    readText(path.join(flows, 'queues.yaml')),
    readText(path.join(flows, 'dispositions.yaml')),
    readText(path.join(flows, 'directory.yaml')),
    readText(path.join(flows, 'forms.yaml')),
  ]);
  const recordings = new Set([...shipped, ...uploaded]);
  return {
    flows: flowFiles,
    catalogue,
    calendars,
    messages,
    numbers,
    connectors,
    recordings,
    surveys,
    queues,
    dispositions,
    directory,
    forms,
  };
}

/** The YAML files of a directory by name; none when it is not there. */
export async function readYamlFiles(dir: string, wanted: (name: string) => boolean): Promise<TextFile[]> {
  const names = (await listDir(dir)).filter((name) => name.endsWith('.yaml') && wanted(name)).sort();
  const files = await Promise.all(names.map((name) => readText(path.join(dir, name))));
  return files.filter((file) => file !== null);
}

/** Recordings are `sounds/<lang>/<key>.wav`; their keys are `<lang>/<key>`. */
async function readRecordings(sounds: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const language of await listDir(sounds)) {
    for (const name of await listDir(path.join(sounds, language))) {
      if (name.endsWith('.wav')) found.add(`${language}/${name.slice(0, -'.wav'.length)}`);
    }
  }
  return found;
}

async function listDir(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** null when it is not there. */
export async function readText(file: string): Promise<TextFile | null> {
  try {
    return { path: path.relative(process.cwd(), file), text: await readFile(file, 'utf8') };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
