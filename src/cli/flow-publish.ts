import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { directoryJsonSchema } from '../domain/directory-schema.ts';
import { dispositionsJsonSchema } from '../domain/disposition-file.ts';
import { formsJsonSchema } from '../domain/form-schema.ts';
import { queuesJsonSchema } from '../domain/queue-schema.ts';
import { printSchema, publishedSchema } from '../flow/json-schema.ts';
import { flowReference } from '../flow/reference/reference.ts';
import { scenarioJsonSchema } from '../flow/scenario/schema.ts';

/** The files that are made from the code of the flow language and of queues. A test compares them; run this file after a change. */
export function publishedFiles(): readonly { readonly path: string; readonly text: string }[] {
  return [
    { path: 'flows/README.md', text: flowReference() },
    { path: 'flows/schema/flow.schema.json', text: publishedSchema() },
    { path: 'flows/schema/scenario.schema.json', text: printSchema(scenarioJsonSchema()) },
    { path: 'flows/schema/queues.schema.json', text: printSchema(queuesJsonSchema()) },
    { path: 'flows/schema/directory.schema.json', text: printSchema(directoryJsonSchema()) },
    { path: 'flows/schema/forms.schema.json', text: printSchema(formsJsonSchema()) },
    { path: 'flows/schema/dispositions.schema.json', text: printSchema(dispositionsJsonSchema()) },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
  for (const { path: file, text } of publishedFiles()) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  }
}
