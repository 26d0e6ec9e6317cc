import type { CallbackForm } from '../../domain/callback-form.ts';
import { type FormHouse, parseForms } from '../../domain/form-file.ts';
import type { DefinitionSource } from '../../ports/definitions.ts';
import type { Log } from '../../ports/log.ts';

/** Reads flows/forms.yaml once; every problem is logged with its place and remedy. */
export async function loadForms(definitions: DefinitionSource, house: FormHouse, log: Log): Promise<ReadonlyMap<string, CallbackForm>> {
  const { forms, problems } = parseForms((await definitions.read()).forms ?? null, house);
  for (const { file, line, column, code, message, remedy } of problems) log.error({ code, remedy }, `${file}:${line}:${column} ${message}`);
  return forms;
}
