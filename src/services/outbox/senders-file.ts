import { z } from 'zod';
import { type BrandId, parseBrandId } from '../../domain/brand.ts';
import type { Language } from '../../domain/language.ts';
import type { Problem } from '../../domain/problem.ts';
import { fitPart, fitShape, readYaml, type SourceText } from '../../domain/yaml-source.ts';

/** Who messages of a brand come from, as flows/senders.yaml says. */
export interface Sender {
  /** As customers know it; read by messages as {{brand}}. */
  readonly name: string;
  /** Header of its SMS; null: the provider's own. */
  readonly sms: string | null;
  /** `Santral <bilgi@santral.example>`; null: the setting's. */
  readonly email: string | null;
  /** How to refuse more; read by messages as {{optOut}}. */
  readonly optOut: Readonly<Record<Language, string>>;
}

export type Senders = ReadonlyMap<BrandId, Sender>;

const ROOM = 'senders';
const line = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'must be one line');
const ADDRESS = /^[^\s<>@]+@[^\s<>@]+$/;
const address = line.refine(
  (text) => ADDRESS.test(/^[^<>]*<([^<>]+)>$/.exec(text)?.[1] ?? text),
  'must be an address such as "Santral <bilgi@santral.example>"',
);
const shape = z.strictObject({
  name: line,
  sms: z
    .string()
    .regex(/^(?:[A-Za-z0-9 .&-]{1,11}|\+?\d{3,15})$/, 'must be up to 11 letters and digits, or a number')
    .optional(),
  email: address.optional(),
  optOut: z.strictObject({ tr: line, en: line }).optional(),
});
const fileShape = z.record(z.string(), z.unknown());

/** Reads flows/senders.yaml. An entry with a problem is left out. */
export function parseSenders(file: SourceText): { readonly senders: Senders; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const source = readYaml(file, ROOM);
  const senders = new Map<BrandId, Sender>();
  for (const [key, value] of Object.entries(fitShape(source, fileShape, ROOM, problems) ?? {})) {
    const brand = parseBrandId(key);
    if (brand === undefined) {
      problems.push(
        source.problem([key], `${ROOM}.bad-brand`, `"${key}" is no brand`, 'Write 1 to 40 lower-case letters, digits and dashes.'),
      );
      continue;
    }
    const fitted = fitPart(source, [key], value, shape, ROOM, problems);
    if (fitted === undefined) continue;
    const { name, sms = null, email = null, optOut = { tr: '', en: '' } } = fitted;
    senders.set(brand, { name, sms, email, optOut });
  }
  return { senders, problems };
}
