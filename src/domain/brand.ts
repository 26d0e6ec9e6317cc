/** The company on whose behalf calls are handled; numbers, queues, campaigns and customers belong to a brand. */
export type BrandId = string & { readonly __brand: 'BrandId' };

const BRAND_PATTERN = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** A brand id is 1 to 40 lower-case letters, digits and dashes; undefined when the text is not one. */
export function parseBrandId(text: string): BrandId | undefined {
  return BRAND_PATTERN.test(text) ? (text as BrandId) : undefined;
}

export const DEFAULT_BRAND = 'santral' as BrandId;
