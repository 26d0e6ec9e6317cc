import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SantralError } from '../domain/errors.ts';
import { TABLE_TYPES } from './contracts/imports.ts';

/** Tables: for operations that say so the body is the stream itself, so that a million rows are never held in memory; for others its bytes. */
export function installTableBodies(app: FastifyInstance): void {
  app.addContentTypeParser([...TABLE_TYPES], async (request: FastifyRequest, payload: Readable) =>
    request.routeOptions.config.bodyStream === true ? payload : whole(payload, request.routeOptions.bodyLimit ?? 0),
  );
}

async function whole(payload: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw new SantralError('request.too-large', `The body is larger than ${limit} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
