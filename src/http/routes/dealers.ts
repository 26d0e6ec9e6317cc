import type { z } from 'zod';
import type { BrandId } from '../../domain/brand.ts';
import type { Dealer } from '../../domain/dealer.ts';
import { SantralError } from '../../domain/errors.ts';
import { printWeeklyHours } from '../../domain/weekly-hours.ts';
import { readDealer } from '../../services/dealers/dealer-row.ts';
import { getDealer, importDealers, listDealers, putDealer, removeDealer } from '../contracts/dealers.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function dealerRoutes({ deps: { dealers, config } }: RouteContext): readonly Route[] {
  const { brand } = config;
  return [
    route(listDealers, async ({ query: { limit, province, after } }) => {
      const rows = await dealers.list({
        brand,
        limit: limit + 1,
        ...(province === undefined ? {} : { province }),
        ...(after === undefined ? {} : { after }),
      });
      return { items: rows.slice(0, limit).map(view), next: rows.length > limit ? (rows[limit - 1]?.code ?? null) : null };
    }),
    route(getDealer, async ({ params }) => {
      const dealer = await dealers.get(brand, params.code);
      if (dealer === undefined) throw new SantralError('request.not-found', `There is no dealer ${params.code}.`);
      return view(dealer);
    }),
    route(putDealer, async ({ params, body }) => {
      const dealer = parse(params.code, body, brand);
      await dealers.put(dealer);
      return view(dealer);
    }),
    route(removeDealer, async ({ params }) => {
      if (!(await dealers.remove(brand, params.code))) throw new SantralError('request.not-found', `There is no dealer ${params.code}.`);
    }),
    route(importDealers, async ({ body, query }) => {
      const report = await dealers.importCsv(brand, body, { dryRun: query.dryRun ?? false });
      return { ...report, bad: [...report.bad], ignoredColumns: [...report.ignoredColumns] };
    }),
  ];
}

function cell(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

/** The same reading as a row of a CSV file gets. */
function parse(code: string, body: z.output<(typeof putDealer)['body']>, brand: BrandId): Dealer {
  const { province, latitude, longitude, ...texts } = body;
  const cells = { ...texts, code, province: cell(province), latitude: cell(latitude), longitude: cell(longitude) };
  const read = readDealer({ number: 1, surplus: 0, cells }, brand);
  if (read.kind === 'ok') return read.dealer;
  const errors = read.faults.map(({ column, reason }) => ({
    path: column === 'code' ? 'params.code' : `body.${column ?? ''}`,
    code: 'custom',
    message: reason,
  }));
  throw new SantralError('request.invalid', errors.map(({ path, message }) => `${path} ${message}`).join('; '), { details: { errors } });
}

function view({ code, name, province, district, address, postcode, phone, hours, latitude, longitude }: Dealer) {
  return { code, name, province, district, address, postcode, phone, hours: printWeeklyHours(hours), latitude, longitude };
}
