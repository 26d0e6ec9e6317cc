import type { BrandId } from '../../domain/brand.ts';
import type { Campaign } from '../../domain/campaign.ts';
import { fold } from '../../domain/fold.ts';
import type { ValueMap } from '../../domain/value.ts';
import type { CompiledFlow } from '../../flow/compiled.ts';

/**
 * Whether called ones can refuse further calls in this flow or in one that it runs. A consent node asks a question of its
 * own, perhaps about something else; and what stands where the call cannot get to, such as after its end, refuses nothing.
 */
export function canRefuse(flows: ReadonlyMap<string, CompiledFlow>, id: string, seen: Set<string> = new Set()): boolean {
  const flow = flows.get(id);
  if (flow === undefined || seen.has(id)) return false;
  seen.add(id);
  const reached = new Set([flow.start]);
  for (const name of reached) {
    const node = flow.nodes.get(name);
    if (node === undefined) continue;
    if (node.type === 'opt-out') return true;
    const { calls } = node.behaviour;
    if (calls !== undefined && canRefuse(flows, calls, seen)) return true;
    for (const to of node.exits.values()) reached.add(to);
  }
  return false;
}

/**
 * Whether the words say on whose behalf a commercial campaign calls: the brand's own name, or the one that the campaign
 * or the person's row gives as the parameter `brand`. Information need not say it.
 */
export function namesBrand(
  { brandName }: { readonly brandName: (brand: BrandId) => string | null },
  { brand, messageClass, params }: Pick<Campaign, 'brand' | 'messageClass' | 'params'>,
  row: ValueMap,
  words: string,
): boolean {
  if (messageClass === 'informational') return true;
  const said = wordsOf(words);
  return [brandName(brand), row['brand'], params['brand']].some((name) => {
    const wanted = typeof name === 'string' ? wordsOf(name).trim() : '';
    return wanted !== '' && said.includes(` ${wanted} `);
  });
}

/** Whole words with a blank at both ends: `Santral'dan` names Santral, `santralde` does not. */
function wordsOf(text: string): string {
  return ` ${fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}
