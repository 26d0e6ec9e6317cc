import { whole } from './schemas.ts';
import { setting } from './setting.ts';

/** Of web forms that ask to be called back. */
export const FORM_SETTINGS = {
  formTokenMinutes: setting(
    'SANTRAL_FORM_TOKEN_MINUTES',
    '60',
    whole(5, 1440),
    'How long a web form that was opened can be sent; then the page opens it anew by itself.',
  ),
  formMinSeconds: setting(
    'SANTRAL_FORM_MIN_SECONDS',
    '3',
    whole(0, 60),
    'Nobody fills in a web form sooner than this: it is refused. Our own form waits so long before it sends.',
  ),
  formsPerAddress: setting('SANTRAL_FORMS_PER_ADDRESS', '20', whole(1, 10_000), 'Web forms from one address (of IPv6: its /64) an hour.'),
  formsPerNumber: setting(
    'SANTRAL_FORMS_PER_NUMBER',
    '3',
    whole(1, 100),
    'Web forms for one telephone number within 24 hours. More are answered like the others, and only noted.',
  ),
  formsPerHour: setting('SANTRAL_FORMS_PER_HOUR', '300', whole(1, 100_000), 'Sendings of one web form an hour, from everybody together.'),
  formDays: setting(
    'SANTRAL_FORM_DAYS',
    '1095',
    whole(1, 36_500),
    'How long it is kept that somebody asked by a web form, and the words they agreed to; without number and name.',
  ),
} as const;
