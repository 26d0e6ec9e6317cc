import { parseDuration } from '../../domain/duration.ts';
import type { Key } from '../../domain/keys.ts';
import type { CollectSpec } from '../commands.ts';
import { inherit } from '../defaults.ts';
import { TERMINATOR_SWALLOW_MS } from '../engine-defaults.ts';
import type { Kit } from './kind.ts';

const DIGITS: readonly Key[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** What questions of nodes that bring their own listen for; times are the node's, else those of menus and collects. */
export function optionsSpec(kit: Kit, source: Readonly<Record<string, unknown>>, options: readonly string[]): CollectSpec {
  return { ...timesOf(kit, 'menu', source), match: { kind: 'options', options }, terminator: null, terminatorSwallowMs: 0 };
}

export function digitsSpec(
  kit: Kit,
  source: Readonly<Record<string, unknown>>,
  { min, max }: { readonly min: number; readonly max: number },
  terminator: Key,
): CollectSpec {
  const match = { kind: 'digits', min, max, keys: DIGITS } as const;
  return { ...timesOf(kit, 'collect', source), match, terminator, terminatorSwallowMs: TERMINATOR_SWALLOW_MS };
}

/** What was pressed before the question was put answers another one. */
function timesOf(kit: Kit, type: 'menu' | 'collect', source: Readonly<Record<string, unknown>>) {
  const { firstDigit, interDigit } = inherit(type, kit.defaults, source);
  return {
    firstDigitMs: parseDuration(firstDigit) ?? 0,
    interDigitMs: parseDuration(interDigit) ?? 0,
    typeAhead: 'flush',
    secret: false,
  } as const;
}
