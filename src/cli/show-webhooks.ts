import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.ts';
import { loadWebhookSecrets } from '../config/webhook-secrets.ts';
import { SantralError } from '../domain/errors.ts';
import type { MessageDefinitionSource } from '../ports/definitions.ts';
import { parseWebhooks } from '../services/outbox/webhooks-file.ts';
import { type CliIo, EXIT } from './io.ts';

const USAGE = `santral webhooks

Shows the webhooks of flows/webhooks.yaml with the secret that each one's receiver checks signatures with. Secrets that are
missing are made. They are kept in webhook-secrets.json in the data directory.

Exit: 0 when all could be read, 1 when the file has problems, 2 for a wrong command line.
`;

/** `santral webhooks`. Gives the exit code. */
export async function showWebhooks(args: string[], io: CliIo, filesIn: (flowsDir: string) => MessageDefinitionSource): Promise<number> {
  const { values } = parseArgs({ args, options: { help: { type: 'boolean', short: 'h', default: false } } });
  if (values.help) {
    io.out(USAGE);
    return EXIT.ok;
  }
  try {
    const { flowsDir, places } = readConfig(io.env, io.cwd);
    const file = (await filesIn(flowsDir).read()).webhooks;
    const { webhooks, problems } = file === null ? { webhooks: new Map(), problems: [] } : parseWebhooks(file);
    for (const problem of problems) io.err(`${problem.file}:${problem.line}:${problem.column} ${problem.message} ${problem.remedy}\n`);
    const secrets = loadWebhookSecrets(places.webhookSecrets, [...webhooks.keys()]);
    for (const { name, url } of webhooks.values()) io.out(`${name}  ${url}  secret ${secrets.get(name) ?? ''}\n`);
    if (webhooks.size === 0)
      io.out('There are no webhooks: write flows/webhooks.yaml, such as crm: { url: "https://crm.example/santral" }.\n');
    return problems.length > 0 ? EXIT.problems : EXIT.ok;
  } catch (error) {
    if (!(error instanceof SantralError)) throw error;
    io.err(`${error.message}\n`);
    return EXIT.problems;
  }
}
