import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type BrandId, parseBrandId } from '../domain/brand.ts';
import { SantralError } from '../domain/errors.ts';
import type { Config } from './config.ts';

/** What a brand is known by at İYS. */
export interface IysAccountOf {
  readonly iysCode: string;
  readonly brandCode: string;
  readonly user: string;
  readonly password: string;
}

const code = z.string().regex(/^\d{1,12}$/);
const kept = z.record(
  z.string().refine((brand) => parseBrandId(brand) !== undefined),
  z.strictObject({ iysCode: code, brandCode: code, user: z.string().min(1), password: z.string().min(1) }),
);

/**
 * The accounts at İYS by brand: that of the settings, and those of iys.json in the data directory. They stand beside the
 * database, so that no dump of it holds a password.
 */
export function readIysAccounts(
  config: Pick<Config, 'brand' | 'iysCode' | 'iysBrandCode' | 'iysUser' | 'iysPassword' | 'places'>,
): ReadonlyMap<BrandId, IysAccountOf> {
  const { brand, iysCode, iysBrandCode: brandCode, iysUser: user, iysPassword: password } = config;
  const accounts = new Map(Object.entries(readFile(config.places.iys)) as [BrandId, IysAccountOf][]);
  if (iysCode !== undefined && brandCode !== undefined && user !== undefined && password !== undefined)
    accounts.set(brand, { iysCode, brandCode, user, password });
  return accounts;
}

/** No account where there is no file. What is wrong with it is told without what stands in it. */
function readFile(file: string): Readonly<Record<string, IysAccountOf>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new SantralError('config.invalid', `${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const parsed = kept.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const places = [...new Set(parsed.error.issues.map(({ path }) => path.join('.') || 'the whole'))].join(', ');
  throw new SantralError(
    'config.invalid',
    `${file} cannot be used (${places}): write {"brand": {"iysCode": "…", "brandCode": "…", "user": "…", "password": "…"}}, codes as digits.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
