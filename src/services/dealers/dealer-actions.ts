import type { Dealer } from '../../domain/dealer.ts';
import { SantralError } from '../../domain/errors.ts';
import { dealersByPostcode, dealersByProvince, type NearDealer } from '../../domain/nearest-dealers.ts';
import { parsePostcode } from '../../domain/postcode.ts';
import { provinceOf } from '../../domain/provinces.ts';
import type { Value, ValueMap } from '../../domain/value.ts';
import type { ActionHandler } from '../../ports/actions.ts';
import type { DealerDirectory } from './dealer-directory.ts';

/** How many dealers a caller can be led through. */
const MOST_DEALERS = 10;
const MOST_ANSWERS = 2000;

/**
 * The actions `dealers.by-province {province}` (a plate code, "6", "06" or 6) and `dealers.by-postcode {postcode}` (five
 * digits): at most ten maps {code, name, district, province, provinceName, address, postcode, phone, hours, distanceKm},
 * best first; an empty list when the brand has no dealers. They reject with `request.invalid` for what is no such place.
 */
export function dealerActions(
  directory: Pick<DealerDirectory, 'all'>,
): Record<'dealers.by-province' | 'dealers.by-postcode', ActionHandler> {
  const answers = keptAnswers();
  return {
    'dealers.by-province': async (params, { brand, signal }) => {
      const code = Number(text(params, 'province') || Number.NaN);
      if (provinceOf(code) === undefined) throw refused('province', 'a plate code, 1 to 81');
      const dealers = await directory.all(brand);
      signal.throwIfAborted();
      return answers(dealers, `province ${code}`, () => dealersByProvince(dealers, code, MOST_DEALERS));
    },
    'dealers.by-postcode': async (params, { brand, signal }) => {
      const postcode = parsePostcode(text(params, 'postcode'));
      if (postcode === undefined) throw refused('postcode', 'five digits that begin with a plate code');
      const dealers = await directory.all(brand);
      signal.throwIfAborted();
      return answers(dealers, `postcode ${postcode}`, () => dealersByPostcode(dealers, postcode, MOST_DEALERS));
    },
  };
}

/**
 * Answers given before to the same question about the same dealers: choosing among 5000 takes 5 ms, and callers ask the
 * same few questions. A list read anew is another list, so nothing stale is kept.
 */
function keptAnswers() {
  const lists = new WeakMap<readonly Dealer[], Map<string, Value>>();
  return (dealers: readonly Dealer[], question: string, choose: () => readonly NearDealer[]): Value => {
    const kept = lists.get(dealers) ?? new Map<string, Value>();
    lists.set(dealers, kept);
    const known = kept.get(question);
    if (known !== undefined) return known;
    const answer = choose().map(spokenDealer);
    if (kept.size < MOST_ANSWERS) kept.set(question, answer);
    return answer;
  };
}

function text(params: ValueMap, name: string): string {
  const value = params[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function refused(name: string, wanted: string): SantralError {
  return new SantralError('request.invalid', `The parameter "${name}" must be ${wanted}.`, { details: { parameter: name } });
}

/** A dealer as flows see it: plain JSON. */
export function spokenDealer({ dealer, distanceKm }: NearDealer): Value {
  const { code, name, district, province, address, postcode, phone } = dealer;
  const provinceName = provinceOf(province)?.name ?? '';
  return { code, name, district, province, provinceName, address, postcode, phone, hours: plainHours(dealer), distanceKm };
}

function plainHours(dealer: Dealer): Value {
  return dealer.hours.map((day) => day.map(({ from, to }) => ({ from, to })));
}
