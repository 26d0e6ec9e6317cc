import type { BrandId } from './brand.ts';
import type { WeeklyHours } from './opening-hours.ts';

/** A place customers are sent to. `code` is the brand's own and unique within it. */
export interface Dealer {
  readonly brand: BrandId;
  readonly code: string;
  readonly name: string;
  /** Turkish plate code, 1 to 81. */
  readonly province: number;
  readonly district: string;
  readonly address: string;
  /** Five digits; the first two are the plate code. */
  readonly postcode: string;
  /** E.164. A dealer's number is a company's, not a customer's. */
  readonly phone: string;
  readonly hours: WeeklyHours;
  /** WGS 84 degrees; null when unknown. */
  readonly latitude: number | null;
  readonly longitude: number | null;
}
