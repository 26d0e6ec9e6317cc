import { z } from 'zod';
import { ADMINS, contract, doc, named, PUBLIC, SUPERVISORS } from '../contract.ts';

const light = doc(z.enum(['ok', 'down']), 'Whether it works.', 'ok');
const lights = named(
  'Health',
  z.object({ status: light, engine: light, asterisk: light, database: light, registry: light }),
  'Whether the engine, Asterisk, the database and the link to the registry of consents work, each by itself; `status` tells of the first three.',
);

export const getHealth = contract({
  id: 'health.get',
  method: 'GET',
  path: '/health',
  tag: 'engine',
  summary: 'Is everything up? 200 when it is, 503 with the same body when not',
  access: PUBLIC,
  reply: { status: 200, description: 'Everything works.', schema: lights },
  more: [{ status: 503, description: 'Something is down.', schema: lights }],
  errors: [],
});

const check = z.object({
  ok: z.boolean(),
  detail: doc(z.string(), 'What is known of it.', 'Asterisk 22.10.1, connected'),
});

export const getHealthDetails = contract({
  id: 'health.details',
  method: 'GET',
  path: '/api/v1/health',
  tag: 'engine',
  summary: 'The same with details; always 200',
  access: SUPERVISORS,
  reply: {
    status: 200,
    description: 'The details.',
    schema: z.object({ version: z.string(), engine: check, asterisk: check, database: check, registry: check }),
  },
  errors: [],
});

export const getMetrics = contract({
  id: 'metrics.get',
  method: 'GET',
  path: '/metrics',
  tag: 'engine',
  summary: 'Figures for Prometheus',
  description: 'Free from this machine itself; from elsewhere with a bearer token of an administrator or supervisor.',
  access: { ...SUPERVISORS, loopback: 'free' },
  reply: { status: 200, description: 'Prometheus’ text format.', schema: z.string(), contentType: 'text/plain' },
  errors: [],
});

export const getSettings = contract({
  id: 'settings.list',
  method: 'GET',
  path: '/api/v1/settings',
  tag: 'engine',
  summary: 'All settings, what they are for, and their values now; secrets only as set or not',
  access: ADMINS,
  reply: {
    status: 200,
    description: 'The settings, as the engine read them at its start.',
    schema: z.object({
      items: z.array(
        named(
          'Setting',
          z.object({
            name: doc(z.string(), 'Name in the configuration.', 'httpPort'),
            env: doc(z.string(), 'The environment variable that sets it.', 'SANTRAL_HTTP_PORT'),
            help: doc(z.string(), 'What it is for.', 'Port of the web pages and the API.'),
            fallback: doc(z.string().nullable(), 'What applies when it is not set.', '8080'),
            secret: doc(z.boolean(), 'Secrets are never shown.', false),
            isSet: doc(z.boolean(), 'Whether it has a value.', true),
            value: doc(z.string().nullable(), 'Its value as text; null for secrets and for what has none.', '8080'),
          }),
          'One setting.',
        ),
      ),
    }),
  },
  errors: [],
});

export const getErrors = contract({
  id: 'errors.list',
  method: 'GET',
  path: '/api/v1/errors',
  tag: 'engine',
  summary: 'Every error code there is, what it means and what to do',
  access: PUBLIC,
  reply: {
    status: 200,
    description: 'The catalogue.',
    schema: z.object({
      items: z.array(
        z.object({ code: doc(z.string(), 'The code.', 'request.invalid'), status: z.int(), type: z.string(), title: z.string() }),
      ),
    }),
  },
  errors: [],
});
