import { z } from 'zod';
import type { DispositionChoice, DispositionTree } from './disposition.ts';
import type { Problem } from './problem.ts';
import { bilingual, QUEUE_NAME } from './queue-schema.ts';
import { fitPart, fitShape, readYaml, type SourceText, type YamlSource } from './yaml-source.ts';

const ROOM = 'dispositions';
/** Agents choose while the next caller waits: deeper or longer lists take too long to read. */
const DEEPEST = 4;
const MOST_CHOICES = 30;

const name = z.string().regex(QUEUE_NAME, 'must be small letters, digits and dashes, beginning with a letter');

interface WrittenChoice {
  readonly label: z.infer<typeof bilingual>;
  readonly choices?: Readonly<Record<string, WrittenChoice>> | undefined;
  readonly noteRequired: boolean;
  readonly followUp: boolean;
}

const choices = <T extends z.ZodType>(one: T) =>
  z
    .record(name, one)
    .refine((all) => Object.keys(all).length > 0, 'must be at least one choice')
    .refine((all) => Object.keys(all).length <= MOST_CHOICES, `must be at most ${MOST_CHOICES} choices`);

const choiceShape: z.ZodType<WrittenChoice> = z
  .strictObject({
    label: bilingual,
    get choices() {
      return choices(choiceShape).optional().describe('What it is divided into; only the last ones can be chosen.');
    },
    noteRequired: z.boolean().default(false).describe('The agent must write a line about it.'),
    followUp: z.boolean().default(false).describe('The agent names a time at which the customer is to be called again.'),
  })
  .meta({ id: 'choice', description: 'A way to close a talk.' });
const treeShape = z.strictObject({ label: bilingual, choices: choices(choiceShape) });
const fileShape = z.looseObject({ dispositions: z.record(z.string(), z.unknown()) });

export interface ParsedDispositions {
  readonly trees: ReadonlyMap<string, DispositionTree>;
  readonly problems: readonly Problem[];
}

/** Reads flows/dispositions.yaml; null: there is none. A tree with a problem is left out, the others count. */
export function parseDispositions(file: SourceText | null): ParsedDispositions {
  const problems: Problem[] = [];
  const trees = new Map<string, DispositionTree>();
  if (file === null) return { trees, problems };
  const source = readYaml(file, ROOM);
  const written = fitShape(source, fileShape, ROOM, problems);
  if (written === undefined) return { trees, problems };
  const { dispositions: entries, ...others } = written;
  fitPart(source, [], others, z.strictObject({}), ROOM, problems);
  for (const [id, value] of Object.entries(entries)) {
    const tree = readTree(source, id, value, problems);
    if (tree !== undefined) trees.set(id, tree);
  }
  return { trees, problems };
}

function readTree(source: YamlSource, id: string, value: unknown, problems: Problem[]): DispositionTree | undefined {
  const at = ['dispositions', id];
  if (!QUEUE_NAME.test(id)) {
    const message = `"${id}" cannot be the name of a tree.`;
    problems.push(source.problem(at, `${ROOM}.bad-name`, message, 'Use small letters, digits and dashes, beginning with a letter.'));
    return undefined;
  }
  const entry = fitPart(source, at, value, treeShape, ROOM, problems);
  if (entry === undefined) return undefined;
  const faults = Object.entries(entry.choices).flatMap(([name, choice]) => faultsOf(source, choice, [...at, 'choices', name], 1));
  problems.push(...faults);
  return faults.length > 0 ? undefined : { id, label: entry.label, choices: choicesOf(entry.choices) };
}

function choicesOf(written: Readonly<Record<string, WrittenChoice>> = {}): readonly DispositionChoice[] {
  return Object.entries(written).map(([id, { label, choices: below, noteRequired, followUp }]) => ({
    id,
    label,
    choices: choicesOf(below),
    noteRequired,
    followUp,
  }));
}

function faultsOf(source: YamlSource, choice: WrittenChoice, at: readonly PropertyKey[], depth: number): readonly Problem[] {
  if (depth > DEEPEST) {
    return [source.problem(at, `${ROOM}.too-deep`, `Choices are more than ${DEEPEST} deep here.`, 'Put some of them side by side.')];
  }
  if (choice.choices === undefined) return [];
  const group = (['noteRequired', 'followUp'] as const).filter((key) => choice[key]);
  return [
    ...group.map((key) =>
      source.problem([...at, key], `${ROOM}.group`, `${key} stands at a choice that only groups others.`, 'Write it at the choices below.'),
    ),
    ...Object.entries(choice.choices).flatMap(([name, one]) => faultsOf(source, one, [...at, 'choices', name], depth + 1)),
  ];
}

/** The JSON Schema of `flows/dispositions.yaml` (draft 7). */
export function dispositionsJsonSchema(): Readonly<Record<string, unknown>> {
  const file = z.strictObject({ dispositions: z.record(name, treeShape) });
  const { $schema, ...rest } = z.toJSONSchema(file, { io: 'input', target: 'draft-7' });
  return { $schema, title: 'Santral dispositions', description: 'How talks are closed: flows/dispositions.yaml.', ...rest };
}
