import { request } from './client.ts';
import { type Shape, shape } from './shape.ts';

export interface Dealer {
  readonly code: string;
  readonly name: string;
  readonly district: string;
  readonly address: string;
  readonly phone: string;
  readonly hours: string;
}

const PAGE = 500;

/** All dealers, page after page; `['dealers']` to the pages' cache. */
export async function listDealers(): Promise<readonly Dealer[]> {
  const all: Dealer[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const page = shape(
      await request('GET', `/dealers?limit=${PAGE}${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`),
      'dealers',
    );
    all.push(...page.list('items').map(dealerFrom));
    after = page.optionalText('next');
  }
  return all;
}

function dealerFrom(row: Shape): Dealer {
  return {
    code: row.text('code'),
    name: row.text('name'),
    district: row.text('district'),
    address: row.text('address'),
    phone: row.text('phone'),
    hours: row.text('hours'),
  };
}
