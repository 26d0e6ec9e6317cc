import { request } from './client.ts';
import { shape } from './shape.ts';

/** A number that leads to a flow. */
export interface DialNumber {
  readonly did: string;
  readonly flow: string;
  readonly label: string;
}

/** All numbers that can be dialled; the catch-all `*` is not one. */
export async function listNumbers(): Promise<readonly DialNumber[]> {
  const answer = shape(await request('GET', '/numbers'), 'answer');
  return answer
    .list('items')
    .map((row) => ({ did: row.text('did'), flow: row.text('flow'), label: row.optionalText('label') ?? '' }))
    .filter((number) => number.did !== '*');
}
