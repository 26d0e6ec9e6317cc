import type { Case } from './case.ts';

/** The operations of the directory. */
export const DIRECTORY_CASES: { readonly [operation: string]: Case } = {
  'directory.list': { ask: () => ({ url: '/api/v1/directory?kind=department' }), status: 200 },
  'directory.put-person': {
    ask: () => ({
      url: '/api/v1/directory/people/deniz-ak',
      body: { name: 'Deniz Ak', telephones: [{ extension: '205' }, { number: '0555 000 00 24' }] },
    }),
    status: 200,
  },
  'directory.remove-person': {
    ask: async ({ deps: { directory } }) => {
      await directory.putPerson('ece', { name: 'Ece', lines: [] });
      return { url: '/api/v1/directory/people/ece' };
    },
    status: 204,
  },
  'directory.absences': { ask: () => ({ url: '/api/v1/directory/absences' }), status: 200 },
  'directory.add-absence': {
    ask: () => ({
      url: '/api/v1/directory/absences',
      body: { of: { kind: 'department', id: 'service' }, until: Date.now() + 3_600_000, instead: { kind: 'department', id: 'sales' } },
    }),
    status: 201,
  },
  'directory.remove-absence': {
    ask: async ({ deps: { directory } }) => {
      const of = { kind: 'department', id: 'service' } as const;
      const { id } = await directory.addAbsence({ of, from: null, until: Date.now() + 3_600_000, instead: null }, 'test');
      return { url: `/api/v1/directory/absences/${id}` };
    },
    status: 204,
  },
  'directory.missed-calls': { ask: () => ({ url: '/api/v1/missed-calls?kind=dealer&ref=IST-01&from=0&limit=2' }), status: 200 },
};
