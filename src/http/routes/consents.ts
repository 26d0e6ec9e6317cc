import { SantralError } from '../../domain/errors.ts';
import { blockRecipient, findConsents, recordConsent, unblockRecipient } from '../contracts/consents.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function consentRoutes({ deps: { consents, config } }: RouteContext): readonly Route[] {
  const { brand } = config;
  return [
    route(findConsents, async ({ body }) => {
      const { consents: standing, doNotContact, history } = await consents.find(brand, body.recipient);
      return {
        consents: standing.map(({ brand: _brand, recipient: _recipient, ...rest }) => rest),
        doNotContact: doNotContact === null ? null : { reason: doNotContact.reason, since: doNotContact.since, by: doNotContact.by },
        history: history.map(({ id: _id, ...line }) => line),
      };
    }),
    route(recordConsent, async ({ body: { consentDate = null, ...body }, caller }) => ({
      outcome: await consents.record(brand, { ...body, consentDate }, caller.user.name),
    })),
    route(blockRecipient, async ({ body, caller }) => {
      await consents.block(brand, body.recipient, body.reason, caller.user.name);
    }),
    route(unblockRecipient, async ({ body, caller }) => {
      if (!(await consents.unblock(brand, body.recipient, caller.user.name)))
        throw new SantralError('request.not-found', 'This person is not among those who are never contacted.');
    }),
  ];
}
