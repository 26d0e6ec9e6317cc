import path from 'node:path';
import type { MessageDefinitionSource } from '../ports/definitions.ts';
import { readText, readYamlFiles } from './definition-files.ts';

/** `messages/*.yaml`, `senders.yaml` and `webhooks.yaml` of the flows' directory. */
export function messageFiles(flows: string): MessageDefinitionSource {
  return {
    async read() {
      const [messages, senders, webhooks] = await Promise.all([
        readYamlFiles(path.join(flows, 'messages'), () => true),
        readText(path.join(flows, 'senders.yaml')),
        readText(path.join(flows, 'webhooks.yaml')),
      ]);
      return { messages, senders, webhooks };
    },
  };
}
