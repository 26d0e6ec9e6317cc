import type { Migration } from '../ddl.ts';
import { calls } from './0001-calls.ts';
import { flows } from './0002-flows.ts';
import { numbers } from './0003-numbers.ts';
import { dealers } from './0004-dealers.ts';
import { users } from './0005-users.ts';
import { definitionTexts } from './0006-definition-texts.ts';
import { numberLabels } from './0007-number-labels.ts';
import { messages } from './0008-messages.ts';
import { consents } from './0009-consents.ts';
import { appointments } from './0010-appointments.ts';
import { surveys } from './0011-surveys.ts';
import { recordings } from './0012-recordings.ts';
import { flowDrafts } from './0013-flow-drafts.ts';
import { switches } from './0014-switches.ts';
import { callKeys } from './0015-call-keys.ts';
import { agents } from './0016-agents.ts';
import { acdEvents } from './0017-acd-events.ts';
import { queueWaits } from './0018-queue-waits.ts';
import { agentsLegs } from './0019-agents-legs.ts';
import { imports } from './0020-imports.ts';
import { matchCustomers } from './0021-match-customers.ts';
import { segments } from './0022-segments.ts';
import { talkNotes } from './0023-talk-notes.ts';
import { callRecordings } from './0024-call-recordings.ts';
import { numbersRecord } from './0025-numbers-record.ts';
import { contactLists } from './0026-contact-lists.ts';
import { contacts } from './0027-contacts.ts';
import { directory } from './0028-directory.ts';
import { missedCalls } from './0029-missed-calls.ts';
import { campaigns } from './0030-campaigns.ts';
import { callbacks } from './0031-callbacks.ts';
import { callbackWishes } from './0032-callback-wishes.ts';
import { callbackForms } from './0033-callback-forms.ts';
import { consentWords } from './0034-consent-words.ts';
import { campaignFigures } from './0035-campaign-figures.ts';
import { appointmentsConfirmed } from './0036-appointments-confirmed.ts';
import { consentRegistry } from './0037-consent-registry.ts';
import { campaignLeavers } from './0038-campaign-leavers.ts';
import { flowScenarios } from './0039-flow-scenarios.ts';
import { callAsterisks } from './0040-call-asterisks.ts';
import { registryUnread } from './0041-registry-unread.ts';
import { callsByNumber } from './0042-calls-by-number.ts';
import { personWebhooks } from './0043-person-webhooks.ts';

/** Every step of the schema, in order. */
export const MIGRATIONS: readonly Migration[] = [
  calls,
  flows,
  numbers,
  dealers,
  users,
  definitionTexts,
  numberLabels,
  messages,
  consents,
  appointments,
  surveys,
  recordings,
  flowDrafts,
  switches,
  callKeys,
  agents,
  acdEvents,
  queueWaits,
  agentsLegs,
  imports,
  matchCustomers,
  segments,
  talkNotes,
  callRecordings,
  numbersRecord,
  contactLists,
  contacts,
  directory,
  missedCalls,
  campaigns,
  callbacks,
  callbackWishes,
  callbackForms,
  consentWords,
  campaignFigures,
  appointmentsConfirmed,
  consentRegistry,
  campaignLeavers,
  flowScenarios,
  callAsterisks,
  registryUnread,
  callsByNumber,
  personWebhooks,
];
