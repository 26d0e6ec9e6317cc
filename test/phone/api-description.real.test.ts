import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/asterisk/events.ts';
import { OPERATIONS, type Operation } from '../../src/asterisk/operations.ts';
import { TEST_DISTRIBUTION } from '../kit/asterisk.ts';

interface Described {
  readonly apis: readonly {
    readonly path: string;
    readonly operations: readonly {
      readonly httpMethod: string;
      readonly nickname: string;
      readonly parameters?: readonly { readonly name: string; readonly paramType: string }[];
    }[];
  }[];
  readonly models: { readonly [name: string]: unknown };
}

const describedIn = (resource: string): Described =>
  JSON.parse(readFileSync(path.join(TEST_DISTRIBUTION, `usr/share/asterisk/rest-api/${resource}.json`), 'utf8')) as Described;

describe('the operations and events the engine uses, in Asterisk’s own description', () => {
  it.each(Object.entries<Operation>(OPERATIONS))('%s', (name, { method, path: wanted, query, body }) => {
    const [resource = '', nickname = ''] = name.split('.');
    const api = describedIn(resource).apis.find((one) => one.path === wanted);
    const operation = api?.operations.find((one) => one.nickname === nickname);
    expect(operation?.httpMethod).toBe(method);
    const parameters = operation?.parameters ?? [];
    const names = (type: string) => parameters.filter(({ paramType }) => paramType === type).map((parameter) => parameter.name);
    expect(names('query')).toEqual(expect.arrayContaining([...query]));
    if (body !== undefined) expect(names('body')).toEqual([body]);
  });

  it('all event types exist', () => {
    expect(Object.keys(describedIn('events').models)).toEqual(expect.arrayContaining([...EVENT_TYPES]));
  });
});
