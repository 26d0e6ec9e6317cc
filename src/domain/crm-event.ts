/** What other systems are told of a call, in the order it happens. offered: the pop on an agent's screen. */
export const CRM_EVENTS = ['call.new', 'call.offered', 'call.answered', 'call.ended'] as const;
export type CrmEventName = (typeof CRM_EVENTS)[number];

/** How a webhook writes what it tells. zammad: the fields of Zammad's generic CTI interface. */
export const WEBHOOK_FORMATS = ['santral', 'zammad'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];
