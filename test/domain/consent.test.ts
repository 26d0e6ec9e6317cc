import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONSENT_STATUSES, CONSENT_TYPES, type Consent, mayReceive, RECIPIENT_TYPES, supersedes } from '../../src/domain/consent.ts';
import { MESSAGE_CLASSES } from '../../src/domain/message.ts';

type Given = Pick<Consent, 'recipientType' | 'type' | 'status'>;
const said = (recipientType: Given['recipientType'], status: Given['status'], type: Given['type'] = 'MESAJ'): Given => ({
  recipientType,
  type,
  status,
});

describe('advertising by SMS', () => {
  test.each<[string, Given[], string]>([
    ['goes not to somebody who said nothing', [], 'no-consent'],
    ['goes to a person who agreed', [said('BIREYSEL', 'ONAY')], 'allowed'],
    ['goes not to a person who refused', [said('BIREYSEL', 'RET')], 'refused'],
    ['goes not to a person who agreed to calls only', [said('BIREYSEL', 'ONAY', 'ARAMA')], 'no-consent'],
    ['goes to a trader who agreed', [said('TACIR', 'ONAY')], 'allowed'],
    ['goes not to a trader who refused', [said('TACIR', 'RET')], 'refused'],
    ['goes to a trader who refused calls only', [said('TACIR', 'RET', 'ARAMA')], 'allowed'],
    ['goes to a trader known from mail only', [said('TACIR', 'ONAY', 'EPOSTA')], 'allowed'],
    ['goes not to one who refused in either role', [said('BIREYSEL', 'ONAY'), said('TACIR', 'RET')], 'refused'],
    ['treats who is both as a person', [said('BIREYSEL', 'ONAY', 'ARAMA'), said('TACIR', 'ONAY', 'ARAMA')], 'no-consent'],
  ])('%s', (_, consents, expected) => {
    const receipt = mayReceive('commercial', 'MESAJ', { consents, doNotContact: false });
    expect(receipt.kind === 'allowed' ? 'allowed' : receipt.reason).toBe(expected);
    expect(mayReceive('informational', 'MESAJ', { consents, doNotContact: false })).toEqual({ kind: 'allowed' });
  });

  const anyGiven = fc.record({
    recipientType: fc.constantFrom(...RECIPIENT_TYPES),
    type: fc.constantFrom(...CONSENT_TYPES),
    status: fc.constantFrom(...CONSENT_STATUSES),
  });

  test('"never again" blocks whatever else was said', () => {
    fc.assert(
      fc.property(
        fc.array(anyGiven),
        fc.constantFrom(...MESSAGE_CLASSES),
        fc.constantFrom(...CONSENT_TYPES),
        (consents, messageClass, type) => {
          expect(mayReceive(messageClass, type, { consents, doNotContact: true })).toEqual({ kind: 'blocked', reason: 'do-not-contact' });
        },
      ),
    );
  });

  test('one refusal more never opens what was closed', () => {
    fc.assert(
      fc.property(fc.array(anyGiven), anyGiven, fc.constantFrom(...CONSENT_TYPES), (consents, more, type) => {
        const known = consents.some(({ recipientType }) => recipientType === more.recipientType);
        fc.pre(known);
        const before = mayReceive('commercial', type, { consents, doNotContact: false });
        const after = mayReceive('commercial', type, { consents: [...consents, { ...more, status: 'RET' }], doNotContact: false });
        expect(before.kind === 'blocked' && after.kind === 'allowed').toBe(false);
      }),
    );
  });
});

test.each([
  [2, 'ONAY', 1, 'RET', true],
  [1, 'ONAY', 2, 'RET', false],
  [1, 'RET', 1, 'ONAY', true],
  [1, 'ONAY', 1, 'RET', false],
  [1, 'RET', 1, 'RET', false],
] as const)('said at %i: %s against at %i: %s', (at, status, before, standing, expected) => {
  expect(supersedes({ consentDate: at, status }, { consentDate: before, status: standing })).toBe(expected);
});
