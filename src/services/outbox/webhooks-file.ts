import { z } from 'zod';
import { CRM_EVENTS, WEBHOOK_FORMATS } from '../../domain/crm-event.ts';
import type { Problem } from '../../domain/problem.ts';
import { fitPart, fitShape, readYaml, type SourceText } from '../../domain/yaml-source.ts';
import type { WebhookTarget } from '../../ports/notifier.ts';

export type Webhooks = ReadonlyMap<string, WebhookTarget>;

const ROOM = 'webhooks';
const NAME = /^[a-z][a-z0-9-]{0,39}$/;
const shape = z.strictObject({
  url: z.string().max(2000).refine(isPlainUrl, 'must begin with https:// or http:// and hold neither user, password nor #'),
  format: z.enum(WEBHOOK_FORMATS).default('santral'),
  events: z.array(z.enum(CRM_EVENTS)).default([]),
});
const fileShape = z.record(z.string(), z.unknown());

/** Reads flows/webhooks.yaml: `crm: { url: "https://crm.example/santral", events: [call.new, call.ended] }`. An entry with a problem is left out. */
export function parseWebhooks(file: SourceText): { readonly webhooks: Webhooks; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const source = readYaml(file, ROOM);
  const webhooks = new Map<string, WebhookTarget>();
  if (source.value === null && source.problems.length === 0) return { webhooks, problems };
  for (const [name, value] of Object.entries(fitShape(source, fileShape, ROOM, problems) ?? {})) {
    if (!NAME.test(name)) {
      problems.push(
        source.problem([name], `${ROOM}.bad-name`, `"${name}" cannot be the name of a webhook`, 'Write small letters, digits and dashes.'),
      );
      continue;
    }
    const fitted = fitPart(source, [name], value, shape, ROOM, problems);
    if (fitted !== undefined) webhooks.set(name, { name, ...fitted });
  }
  return { webhooks, problems };
}

function isPlainUrl(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text) || /\s/.test(text)) return false;
  const { username, password, hash } = new URL(text);
  return username === '' && password === '' && hash === '';
}
