import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BrandId } from '../../src/domain/brand.ts';
import { parseForms } from '../../src/domain/form-file.ts';
import { type CallbackForms, createCallbackForms, type FormDeps, type FormSettings } from '../../src/services/callback-forms/forms.ts';
import { createFormTokens } from '../../src/services/callback-forms/tokens.ts';
import { silentLog } from './asterisk.ts';

export const SHOP = 'https://www.example.com';

/** Limits that no test meets by chance, and no wait. */
export const FORM_SETTINGS: Omit<FormSettings, 'brand'> = {
  ...{ tokenMs: 3_600_000, minMs: 0, perAddress: 100_000, perNumber: 100_000, perHour: 100_000, keepMs: 1095 * 86_400_000 },
};

type Parts = Pick<FormDeps, 'store' | 'wishes' | 'clock' | 'ids'> & {
  readonly brand: BrandId;
  readonly settings?: Partial<FormSettings>;
  /** Origins besides those of the file. */
  readonly origins?: readonly string[];
  readonly log?: FormDeps['log'];
};

/** The shipped forms, with tokens that are signed with a key of the tests. */
export function testForms({ brand, settings = {}, origins = [], log = silentLog, ...parts }: Parts): CallbackForms {
  const file = { path: 'flows/forms.yaml', text: readFileSync('flows/forms.yaml', 'utf8') };
  const { forms, problems } = parseForms(file, { brand, groups: new Set(['support', 'sales', 'roadside']) });
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return createCallbackForms({
    ...parts,
    log,
    forms: new Map([...forms].map(([id, form]) => [id, { ...form, origins: [...form.origins, ...origins] }])),
    tokens: createFormTokens('the key of the tests', (bytes) => randomBytes(bytes)),
    settings: { ...FORM_SETTINGS, brand, ...settings },
  });
}
