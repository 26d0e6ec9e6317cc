import type { Label } from '../../domain/label.ts';
import { request } from './client.ts';
import { type Shape, shape } from './shape.ts';

/** A number that leads to a flow. */
export interface DialNumber {
  readonly did: string;
  readonly flow: string;
  /** What people call it, in each language; empty where nobody said. */
  readonly label: Label;
}

/** All numbers that can be dialled; the catch-all `*` is not one. */
export async function listNumbers(): Promise<readonly DialNumber[]> {
  const answer = shape(await request('GET', '/numbers'), 'answer');
  return answer
    .list('items')
    .map((row) => ({ did: row.text('did'), flow: row.text('flow'), label: labelFrom(row.child('label')) }))
    .filter((number) => number.did !== '*');
}

function labelFrom(label: Shape): Label {
  return { tr: label.text('tr'), en: label.text('en') };
}
