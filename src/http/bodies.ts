import type { FastifyInstance } from 'fastify';
import { SantralError } from '../domain/errors.ts';
import { YAML_TYPES } from './contracts/flows.ts';
import { AUDIO_TYPES } from './contracts/prompts.ts';
import { installTableBodies } from './table-bodies.ts';

/** Bodies other than JSON. YAML arrives as `{source}`, so that a flow may be sent as the file it is; tables and sound stay bytes. */
export function installBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  installTableBodies(app);
  app.addContentTypeParser([...AUDIO_TYPES], { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addContentTypeParser([...YAML_TYPES], { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, { source: new TextDecoder('utf-8', { fatal: true }).decode(body as Buffer) });
    } catch {
      done(new SantralError('request.invalid', 'The body is not UTF-8 text.'));
    }
  });
}
