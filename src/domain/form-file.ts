import { z } from 'zod';
import type { BrandId } from './brand.ts';
import type { CallbackForm } from './callback-form.ts';
import { parseDuration } from './duration.ts';
import { FORM_NAME, formShape, type WrittenForm } from './form-schema.ts';
import type { Problem } from './problem.ts';
import { fitPart, fitShape, readYaml, type SourceText, type YamlSource } from './yaml-source.ts';

const ROOM = 'forms';
const fileShape = z.strictObject({ forms: z.record(z.string(), z.unknown()) });

export interface ParsedForms {
  readonly forms: ReadonlyMap<string, CallbackForm>;
  readonly problems: readonly Problem[];
}

/** What forms may name: this engine's brand and the callback groups of its queues. */
export interface FormHouse {
  readonly brand: BrandId;
  readonly groups: ReadonlySet<string>;
}

/** Reads flows/forms.yaml; null: there is none. A form with a problem is left out, the others count. */
export function parseForms(file: SourceText | null, house: FormHouse): ParsedForms {
  const problems: Problem[] = [];
  const forms = new Map<string, CallbackForm>();
  if (file === null) return { forms, problems };
  const source = readYaml(file, ROOM);
  const written = fitShape(source, fileShape, ROOM, problems);
  for (const [id, value] of Object.entries(written?.forms ?? {})) {
    const form = readForm(source, id, value, house, problems);
    if (form !== undefined) forms.set(id, form);
  }
  return { forms, problems };
}

function readForm(source: YamlSource, id: string, value: unknown, house: FormHouse, problems: Problem[]): CallbackForm | undefined {
  const at = ['forms', id];
  if (!FORM_NAME.test(id)) {
    const remedy = 'Use small letters, digits and dashes, beginning with a letter; at most 40.';
    problems.push(source.problem(at, `${ROOM}.bad-name`, `"${id}" cannot be the name of a form.`, remedy));
    return undefined;
  }
  const entry = fitPart(source, at, value, formShape, ROOM, problems);
  if (entry === undefined) return undefined;
  const faults = faultsOf(source, at, entry, house);
  problems.push(...faults);
  return faults.length === 0 ? formOf(id, entry) : undefined;
}

function faultsOf(source: YamlSource, at: readonly string[], { group, brand }: WrittenForm, house: FormHouse): readonly Problem[] {
  const faults: Problem[] = [];
  if (!house.groups.has(group)) {
    const remedy = `Write the name of a queue of flows/queues.yaml, or of its callbackGroup. Known: ${[...house.groups].sort().join(', ') || 'none'}.`;
    faults.push(source.problem([...at, 'group'], `${ROOM}.unknown-group`, `No queue belongs to the callback group "${group}".`, remedy));
  }
  if (brand !== undefined && brand !== house.brand) {
    const message = `This form belongs to the brand "${brand}", and this engine calls for "${house.brand}": nobody would be called.`;
    faults.push(source.problem([...at, 'brand'], `${ROOM}.other-brand`, message, `Remove brand:, or set SANTRAL_BRAND to ${brand}.`));
  }
  return faults;
}

function formOf(id: string, { group, languages, origins, title, intro, consent, name, topics, note, times }: WrittenForm): CallbackForm {
  return {
    ...{ id, group, languages, origins, title, intro, consent, name, note },
    topics: Object.entries(topics).map(([topic, label]) => ({ id: topic, label })),
    wishMs: parseDuration(times) ?? 0,
  };
}
