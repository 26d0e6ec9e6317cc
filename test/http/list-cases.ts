import type { Case } from './case.ts';

let count = 0;
const freshName = (): string => `Liste ${(count += 1)}`;

/** Lists of contacts and the files they are made of. */
export const LIST_CASES: Readonly<Record<string, Case>> = {
  'lists.list': { ask: () => ({ url: '/api/v1/lists' }), status: 200 },
  'lists.create': {
    ask: () => ({ url: '/api/v1/lists', body: { name: freshName(), variables: [{ name: 'borc', type: 'money' }] } }),
    status: 201,
  },
  'lists.get': { ask: async ({ match }) => ({ url: `/api/v1/lists/${(await match.listed()).list}` }), status: 200 },
  'lists.remove': { ask: async ({ match }) => ({ url: `/api/v1/lists/${(await match.listed()).list}` }), status: 204 },
  'lists.append': {
    ask: async ({ match }) => ({
      url: `/api/v1/lists/${(await match.listed()).list}/contacts`,
      body: { contacts: [{ number: '0542 123 45 67', variables: { name: 'Ece Ak' } }] },
    }),
    status: 200,
  },
  'lists.contacts': { ask: async ({ match }) => ({ url: `/api/v1/lists/${(await match.listed()).list}/contacts?limit=5` }), status: 200 },
  'list-files.upload': {
    ask: () => ({ url: '/api/v1/list-files?name=a.csv', raw: 'telefon;ad soyad\n05321234567;Ayşe Yılmaz\n', type: 'text/csv' }),
    status: 201,
  },
  'list-files.list': { ask: () => ({ url: '/api/v1/list-files' }), status: 200 },
  'list-files.preview': {
    ask: async ({ match }) => ({
      url: `/api/v1/list-files/${await match.waitingContacts()}/preview`,
      body: { columns: { şehir: 'sehir:text' } },
    }),
    status: 200,
  },
  'list-files.confirm': {
    ask: async ({ match }) => {
      await match.settled();
      return { url: `/api/v1/list-files/${await match.waitingContacts()}/confirm`, body: { list: freshName() } };
    },
    status: 202,
  },
  'list-files.get': { ask: async ({ match }) => ({ url: `/api/v1/list-files/${(await match.listed()).load}` }), status: 200 },
  'list-files.rejected': {
    ask: async ({ match }) => ({ url: `/api/v1/list-files/${(await match.listed()).load}/rejected.csv` }),
    status: 200,
  },
  'list-files.discard': { ask: async ({ match }) => ({ url: `/api/v1/list-files/${await match.waitingContacts()}` }), status: 204 },
};
