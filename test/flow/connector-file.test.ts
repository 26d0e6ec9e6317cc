import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConnectors } from '../../src/flow/connector-file.ts';

const parse = (text: string) => parseConnectors({ path: 'flows/connectors.yaml', text });
const GOOD =
  'connectors:\n  crm: { url: "https://crm.example/api/", headers: { X-Key: "${crm-key}" }, timeout: 1.5s }\n  sap: { url: "http://10.0.0.7:8000" }\n';

describe('flows/connectors.yaml', () => {
  it('gives each system its address, headers and time', () => {
    const { connectors, problems } = parse(GOOD);
    expect(problems).toEqual([]);
    expect([...connectors.values()]).toEqual([
      { name: 'crm', url: 'https://crm.example/api', headers: { 'x-key': '${crm-key}' }, timeoutMs: 1500 },
      { name: 'sap', url: 'http://10.0.0.7:8000', headers: {}, timeoutMs: 5000 },
    ]);
  });

  it('may be missing', () => {
    expect(parseConnectors(null)).toEqual({ connectors: new Map(), problems: [] });
  });

  it('that is shipped is good, and asks nobody', () => {
    const { connectors, problems } = parse(readFileSync('flows/connectors.yaml', 'utf8'));
    expect(problems).toEqual([]);
    expect([...connectors.values()].map(({ name, url }) => `${name} ${url}`)).toEqual(['dealer-system demo']);
  });

  it.each<[entry: string, code: string, says: RegExp]>([
    ['url: "ftp://x.example"', 'connectors.shape', /"connectors.bad.url" must be an address such as/],
    ['url: "https://{{call.did}}/x"', 'connectors.shape', /must be an address/],
    ['url: "https://user:word@x.example"', 'connectors.shape', /must be an address/],
    ['url: "https://x.example/?a=1"', 'connectors.shape', /must be an address/],
    ['url: "https://x.example", headers: { "X Y": a }', 'connectors.shape', /must be the name of a header|headers/],
    ['url: "https://x.example", headers: { X: "${PATH}" }', 'connectors.shape', /names secrets as/],
    ['url: "https://x.example", headers: { X: "a\\nb" }', 'connectors.shape', /one line/],
    ['url: "https://x.example", timeout: 2m', 'connectors.shape', /between 1ms and 60s/],
    ['url: "https://x.example", timeout: 4', 'connectors.shape', /timeout/],
    ['url: "https://x.example", password: x', 'connectors.unknown-key', /password/],
    ['timeout: 4s', 'connectors.shape', /url/],
  ])('tells what is wrong with { %s }, and keeps the others', (entry, code, says) => {
    const { connectors, problems } = parse(`${GOOD}  bad: { ${entry} }\n`);
    expect([...connectors.keys()]).toEqual(['crm', 'sap']);
    expect(problems[0]).toMatchObject({ code, message: expect.stringMatching(says), line: 4 });
  });

  it('tells a bad name, and what is no list of connectors', () => {
    expect(parse('connectors: { "Bad Name": { url: demo } }').problems[0]).toMatchObject({ code: 'connectors.bad-name' });
    expect(parse('systems: {}').problems[0]).toMatchObject({ code: 'connectors.shape' });
    expect(parse('connectors: {}\nmore: 1').problems[0]).toMatchObject({ code: 'connectors.unknown-key' });
    expect(parse('connectors: [').problems[0]).toMatchObject({ code: 'connectors.yaml' });
  });
});
