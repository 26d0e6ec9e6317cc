import { z } from 'zod';
import { KEYS_PATTERN, perLanguage, target } from '../parts.ts';
import type { Kit } from './kind.ts';

/** Where an option of a menu leads. */
export const option = z.union([target, z.strictObject({ to: target, label: perLanguage.optional() })], {
  error: 'must be a node, or { to: node, label: { tr: …, en: … } }',
});

/** Options of a node: what is pressed, and where it leads. */
export const optionMap = z.record(z.string(), option, { error: 'must be a map: what is pressed, and the node it leads to' });

/** Wires what is pressed to where it leads; gives what is pressed. */
export function wireOptions(kit: Kit, options: Readonly<Record<string, z.infer<typeof option>>> | undefined, field = 'options'): string[] {
  return Object.entries(options ?? {}).map(([keys, to]) => wireOption(kit, field, keys, to));
}

function wireOption(kit: Kit, field: string, keys: string, to: z.infer<typeof option>): string {
  const path = [field, keys];
  kit.wire(keys, typeof to === 'string' ? to : to.to, typeof to === 'string' ? path : [...path, 'to']);
  if (typeof to !== 'string' && to.label !== undefined) kit.label(keys, to.label);
  return keys;
}

/** Options that cannot be pressed, mean two things, or make callers wait. */
export function checkOptions(kit: Kit, options: readonly string[], repeat: string | null): void {
  for (const keys of options.filter((one) => !KEYS_PATTERN.test(one)))
    kit.problem(
      'bad-option',
      ['options', keys],
      `"${keys}" cannot be pressed on a telephone`,
      'Options are 1 to 10 keys: 0 to 9, "*", "#", A to D.',
    );
  if (repeat !== null && options.includes(repeat))
    kit.problem(
      'ambiguous-option',
      ['repeat'],
      `${repeat} repeats the prompt and is an option, too`,
      'Use another key for one of the two.',
    );
  const all = repeat === null ? options : [repeat, ...options];
  for (const longer of options) {
    const shorter = all.find((one) => one !== longer && longer.startsWith(one));
    if (shorter !== undefined)
      kit.problem(
        'option-prefix',
        ['options', longer],
        `${longer} begins with ${shorter}, so ${shorter} is taken only after the inter-digit time`,
        'Use options of one length, and nobody has to wait.',
      );
  }
}
