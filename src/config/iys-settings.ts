import { iysCode, optionalLine, serviceUrl, whole, word } from './schemas.ts';
import { setting } from './setting.ts';

/** Of İYS, the national registry of consents. */
export const IYS_SETTINGS = {
  iysUrl: setting(
    'SANTRAL_IYS_URL',
    'https://api.iys.org.tr',
    serviceUrl('https://api.iys.org.tr', ['http:', 'https:']),
    'Where İYS is; https://api.sandbox.iys.org.tr to try it out.',
  ),
  iysCode: setting(
    'SANTRAL_IYS_CODE',
    undefined,
    iysCode,
    'İYS number of the service provider, for the brand of SANTRAL_BRAND; other brands stand in iys.json in the data directory.',
  ),
  iysBrandCode: setting('SANTRAL_IYS_BRAND_CODE', undefined, iysCode, 'İYS number of that brand.'),
  iysUser: setting('SANTRAL_IYS_USER', undefined, optionalLine, 'API user at İYS.'),
  iysPassword: setting('SANTRAL_IYS_PASSWORD', undefined, optionalLine, 'Password of that user.', true),
  iysTimeoutMs: setting('SANTRAL_IYS_TIMEOUT_MS', '15000', whole(100, 120_000), 'How long one request to İYS may take.'),
  iysStaleHours: setting(
    'SANTRAL_IYS_STALE_HOURS',
    '6',
    whole(1, 168),
    'Where İYS was not read for so long, commercial campaigns of its brand call nobody.',
  ),
  iysSendDays: setting('SANTRAL_IYS_SEND_DAYS', '3', whole(1, 30), 'Working days within which İYS must hear of a consent.'),
  iysAlarmDays: setting(
    'SANTRAL_IYS_ALARM_DAYS',
    '2',
    whole(1, 30),
    'After so many working days a consent that İYS has not heard of is an alarm.',
  ),
  iysGapChecks: setting(
    'SANTRAL_IYS_GAP_CHECKS',
    '5000',
    whole(100, 1_000_000),
    'Where changes at İYS were missed, so many consents are asked for again per run (every ten minutes), one by one.',
  ),
  iysKeepDays: setting(
    'SANTRAL_IYS_KEEP_DAYS',
    '1095',
    whole(30, 36_500),
    'What was told to İYS, and its answer, is removed after so many days; consents and their history stay.',
  ),
  iysCalendar: setting('SANTRAL_IYS_CALENDAR', 'office', word(), 'Calendar of flows/calendars whose holidays are no working days.'),
} as const;
