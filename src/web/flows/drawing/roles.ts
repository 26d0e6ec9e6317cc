/** What kind of thing a node does, for its colour; the words beside it say it too. */
export type Role = 'speaks' | 'asks' | 'looks-up' | 'ends' | 'decides';

const ROLES: { readonly [type: string]: Role } = {
  say: 'speaks',
  menu: 'asks',
  collect: 'asks',
  record: 'asks',
  action: 'looks-up',
  http: 'looks-up',
  hangup: 'ends',
  return: 'ends',
  transfer: 'ends',
};

export function roleOf(type: string): Role {
  return ROLES[type] ?? 'decides';
}
