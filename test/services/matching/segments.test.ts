import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpClient, HttpOutcome, HttpRequest } from '../../../src/ports/http-client.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import { createNumberTokens } from '../../../src/services/matching/number-tokens.ts';
import { createSegments } from '../../../src/services/matching/segments.ts';
import { parseSegments } from '../../../src/services/matching/segments-file.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { importHouse, MATCH_BRAND, TEST_TOKEN_KEYS } from '../../kit/imports.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';
import { settle, virtualClock } from '../../kit/virtual-clock.ts';

const FILE = `
segments:
  vip: { label: { tr: VIP, en: VIP }, class: vip, queue: vip-line, skills: { gold: 5 }, greeting: segments.vip }
  gold: { label: { tr: Altın, en: Gold } }
`;
const EXTERNAL = `${FILE}
external: { connector: crm, path: /segment }
`;
const rulesOf = (text: string) => parseSegments({ path: 'flows/segments.yaml', text }).rules;
const never = new AbortController().signal;

let stores: Stores;
beforeEach(async () => {
  stores = await openTemporaryStores();
  const house = importHouse(stores.matching.imports, { segments: ['vip', 'gold'] });
  await house.load('telefon;segment\n05321234567;vip\n', { kind: 'segments' });
  await house.close();
});
afterEach(() => stores.close());

function open(text: string, answer: (request: HttpRequest) => Promise<HttpOutcome> = () => Promise.reject(new Error('not to be asked'))) {
  const clock = virtualClock();
  const http: HttpClient = { request: answer };
  const tokens = createNumberTokens(TEST_TOKEN_KEYS);
  return { clock, segments: createSegments({ store: stores.matching, tokens, http, clock, log: silentLog, rules: rulesOf(text) }) };
}

describe('segments', () => {
  it('are found by the whole number, however it is written, and say class, queue, skills and greeting', async () => {
    const { segments } = open(FILE);
    for (const number of ['05321234567', '+905321234567', '5321234567'])
      expect(await segments.find(MATCH_BRAND, number, never)).toMatchObject({
        from: 'table',
        segment: { name: 'vip', class: 'vip', queue: 'vip-line', skills: { gold: 5 }, greeting: 'segments.vip' },
      });
  });

  it.each(['05331234567', '02121234567', '', 'anonymous', '34567'])(
    'case D6: %j is no VIP, though the last digits are one’s',
    async (number) => {
      expect(await open(FILE).segments.find(MATCH_BRAND, number, never)).toMatchObject({
        from: 'standard',
        segment: { name: 'standard' },
        failed: null,
      });
    },
  );

  it('the other system decides where the table does not, and is told a token, not the number', async () => {
    const asked: HttpRequest[] = [];
    const { segments } = open(EXTERNAL, async (request) => {
      asked.push(request);
      return { kind: 'ok', status: 200, value: { segment: 'gold' } };
    });
    expect(await segments.find(MATCH_BRAND, '05331234567', never)).toMatchObject({ from: 'external', segment: { name: 'gold' } });
    expect(asked).toMatchObject([
      { connector: 'crm', url: '/segment', timeoutMs: 800, body: { token: expect.stringMatching(/^[0-9a-f]{32}$/) } },
    ]);
    expect(JSON.stringify(asked)).not.toContain('1234567');
    expect(await segments.find(MATCH_BRAND, '05321234567', never)).toMatchObject({ from: 'table' });
    expect(asked).toHaveLength(1);
  });

  it('case C20: a system that takes longer than 800 ms makes the caller standard, within the budget', async () => {
    const stopped: boolean[] = [];
    const { segments, clock } = open(
      EXTERNAL,
      (request) => new Promise(() => request.signal.addEventListener('abort', () => stopped.push(true))),
    );
    const started = clock.now();
    const finding = segments.find(MATCH_BRAND, '05331234567', never).then((found) => ({ found, waited: clock.now() - started }));
    // The table is asked first; only then does the request stand.
    while (clock.pending === 0) await settle();
    await clock.pass(800);
    expect(await finding).toEqual({
      waited: 800,
      found: { segment: expect.objectContaining({ name: 'standard' }), from: 'standard', failed: 'timeout' },
    });
    expect(stopped).toEqual([true]);
    expect(clock.pending).toBe(0);
  });

  it.each([
    [{ kind: 'error', reason: 'unreachable' }, 'unreachable'],
    [{ kind: 'error', reason: 'timeout' }, 'timeout'],
    [{ kind: 'error', reason: 'status', status: 500 }, 'invalid'],
    [{ kind: 'ok', status: 200, value: { segment: 'no-such' } }, 'invalid'],
    [{ kind: 'ok', status: 200, value: { segment: null } }, null],
  ] as const)('%j is standard: %s', async (outcome, failed) => {
    const { segments } = open(EXTERNAL, async () => outcome);
    expect(await segments.find(MATCH_BRAND, '05331234567', never)).toMatchObject({ from: 'standard', failed });
  });

  it('are defined with every problem told by line', () => {
    const text =
      'segments:\n  standard: { label: { tr: a, en: b } }\n  Vip: {}\n  gold: { label: { tr: a } }\nexternal: { connector: crm, path: segment, timeout: 9s }\nmore: 1\n';
    const { rules, problems } = parseSegments({ path: 'flows/segments.yaml', text });
    expect([rules.segments.size, rules.external]).toEqual([0, null]);
    expect(problems.map(({ line }) => line).toSorted()).toEqual([2, 3, 4, 5, 5, 6]);
  });
});
