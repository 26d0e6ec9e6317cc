import type { Dealer } from './dealer.ts';
import { type Postcode, provinceOfPostcode } from './postcode.ts';
import { type Province, provinceOf } from './provinces.ts';

/** A dealer and how far it is, in km as the crow flies; null when its place is not known well enough to say. */
export interface NearDealer {
  readonly dealer: Dealer;
  readonly distanceKm: number | null;
}

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

const EARTH_RADIUS_KM = 6371.0088;
/** How far from the centre an unknown place of a province is taken to be: Turkey's provinces measure some 100 km across. */
const HALF_A_PROVINCE_KM = 50;
/** How many leading digits of a postcode two places can share, best first: the same code, the same quarter, district, province. */
const SHARED_DIGITS = [5, 4, 3, 2] as const;

/** Great-circle distance in km (haversine). */
export function distanceKm(a: Place, b: Place): number {
  const rad = Math.PI / 180;
  const half = (x: number) => Math.sin((x * rad) / 2) ** 2;
  const h = half(b.latitude - a.latitude) + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * half(b.longitude - a.longitude);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Dealers of the province, nearest to its centre first; then those of other provinces, nearest first; at most `limit`. */
export function dealersByProvince(dealers: readonly Dealer[], code: number, limit: number): readonly NearDealer[] {
  const province = provinceOf(code);
  if (province === undefined) return [];
  return nearest(dealers, province, (dealer) => (dealer.province === code ? 0 : 1), limit);
}

/**
 * Dealers by how much of the postcode they share (all five digits, four, three), then by distance from where that postcode
 * is: the middle of the dealers that share at least three digits with it, else the province's centre. At most `limit`.
 */
export function dealersByPostcode(dealers: readonly Dealer[], postcode: Postcode, limit: number): readonly NearDealer[] {
  const rank = (dealer: Dealer) => {
    const index = SHARED_DIGITS.findIndex((digits) => dealer.postcode.slice(0, digits) === postcode.slice(0, digits));
    return index === -1 ? SHARED_DIGITS.length : index;
  };
  const neighbours = dealers.filter((dealer) => rank(dealer) <= 2).flatMap((dealer) => placeOf(dealer) ?? []);
  return nearest(dealers, middle(neighbours) ?? provinceOfPostcode(postcode), rank, limit);
}

function nearest(dealers: readonly Dealer[], from: Place, rank: (dealer: Dealer) => number, limit: number): readonly NearDealer[] {
  return dealers
    .map((dealer) => ({ dealer, rank: rank(dealer), ...distanceTo(dealer, from) }))
    .sort((a, b) => a.rank - b.rank || a.order - b.order || (a.dealer.code < b.dealer.code ? -1 : 1))
    .slice(0, limit)
    .map(({ dealer, distanceKm }) => ({ dealer, distanceKm }));
}

/** A dealer without coordinates is somewhere in its province: it is ordered so, and its distance is not told. */
function distanceTo(dealer: Dealer, from: Place): { distanceKm: number | null; order: number } {
  const place = placeOf(dealer);
  const province: Province | undefined = provinceOf(dealer.province);
  if (place !== undefined) {
    const km = distanceKm(from, place);
    return { distanceKm: Math.round(km * 10) / 10, order: km };
  }
  return { distanceKm: null, order: province === undefined ? Number.MAX_VALUE : distanceKm(from, province) + HALF_A_PROVINCE_KM };
}

function placeOf({ latitude, longitude }: Dealer): Place | undefined {
  return latitude === null || longitude === null ? undefined : { latitude, longitude };
}

function middle(places: readonly Place[]): Place | undefined {
  if (places.length === 0) return undefined;
  const mean = (pick: (place: Place) => number) => places.reduce((sum, place) => sum + pick(place), 0) / places.length;
  return { latitude: mean((place) => place.latitude), longitude: mean((place) => place.longitude) };
}
