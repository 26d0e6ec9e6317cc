import type { Case } from './case.ts';

export const REGISTRY_CASES: { readonly [operation: string]: Case } = {
  'registry.get': { ask: () => ({ url: '/api/v1/consent-registry' }), status: 200 },
  'registry.sends': { ask: () => ({ url: '/api/v1/consent-registry/sends?dead=true' }), status: 200 },
  'registry.replay-all': { ask: () => ({ url: '/api/v1/consent-registry/replay' }), status: 200 },
  'registry.pull': { ask: () => ({ url: '/api/v1/consent-registry/pull' }), status: 200 },
  'registry.replay': {
    async ask(house) {
      const { brand } = house.deps.config;
      const id = house.ids.next('consent');
      const at = house.deps.clock.now();
      const said = { recipientType: 'BIREYSEL', type: 'ARAMA', status: 'ONAY', source: 'HS_WEB', evidence: '' } as const;
      await house.stores.consents.record({ brand, recipient: '+905550000019', consentDate: at, ...said }, { id, at, by: 'test' });
      const store = house.stores.consentRegistry;
      await store.lead(brand, 'test', at, at + 1000);
      await store.collect(brand, 0, at, () => ({ dueAt: at, alarmAt: at }));
      await store.end(new Map([[id, { kind: 'rejected', reason: 'H114: no such number' }]]), at);
      return { url: `/api/v1/consent-registry/sends/${id}/replay` };
    },
    status: 200,
  },
};
