import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { TOKEN_SLICES } from '../../src/ports/contact-lists.ts';
import { createTokenOrder, shortToken } from '../../src/store/token-order.ts';

test('tokens that come in no order leave in theirs, each with its place, however many there are', () => {
  const order = createTokenOrder();
  const tokens = Array.from({ length: 400_000 }, (_, i) => createHash('sha256').update(String(i)).digest('base64url'));
  tokens.forEach((token, index) => order.add(token, index + 1));
  const slices = Array.from({ length: TOKEN_SLICES }, (_, index) => order.slice(index));
  expect(slices.filter((slice) => slice.some(({ token }, index) => index > 0 && token <= (slice[index - 1]?.token ?? '')))).toEqual([]);
  const places = slices.flat();
  expect(places).toHaveLength(tokens.length);
  expect(places.filter(({ token, no }) => token !== shortToken(tokens[no - 1] ?? ''))).toEqual([]);
  expect(new Set(places.map(({ no }) => no)).size).toBe(tokens.length);
});
