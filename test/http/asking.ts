import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { House } from './house.ts';

export type Ask = (
  url: string,
  options?: Omit<InjectOptions, 'url' | 'path'>,
  as?: Record<string, string>,
) => Promise<LightMyRequestResponse>;

/** Requests in the name of one user, unless another is named. */
export function asking(house: House, usual: Record<string, string>): Ask {
  return (url, options = {}, as = usual) => house.app.inject({ ...options, url, headers: { ...as, ...options.headers } });
}

export interface Page<Id> {
  readonly items: readonly { readonly id: Id }[];
  readonly next: Id | null;
}
