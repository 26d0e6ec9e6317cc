import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { instantIn, isZone, zoneOffset } from '../../../domain/zone-time.ts';
import { currentLanguage } from '../../i18n.ts';
import classes from '../campaigns.module.css';
import type { FieldsProps } from './fields.ts';
import { type Day, hoursOf, usualDay, weekOf } from './week.ts';

const NONE = '';
/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;

/** When it may call: hours of each day of the week, holidays, beginning and end. */
export function WhenFields({ plan, options, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <section className={classes['card']} aria-labelledby="when-title">
      <Stack gap="sm">
        <Title order={2} id="when-title">
          {t('campaigns.plan.when')}
        </Title>
        <Week hours={plan.hours} onChange={(hours) => onChange({ hours })} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            id="plan-zone"
            required
            label={t('campaigns.plan.zone')}
            value={plan.zone}
            error={isZone(plan.zone) ? null : t('campaigns.plan.noZone')}
            onChange={({ currentTarget: { value } }) => onChange({ zone: value })}
          />
          <NativeSelect
            id="plan-holidays"
            label={t('campaigns.plan.holidays')}
            value={plan.holidays ?? NONE}
            onChange={({ currentTarget: { value } }) => onChange({ holidays: value === NONE ? null : value })}
            data={[
              { value: NONE, label: t('campaigns.plan.noHolidays') },
              ...new Set([...options.calendars, ...(plan.holidays === null ? [] : [plan.holidays])]),
            ]}
          />
          <Moment label={t('campaigns.plan.startAt')} zone={plan.zone} at={plan.startAt} onChange={(startAt) => onChange({ startAt })} />
          <Moment label={t('campaigns.plan.endAt')} zone={plan.zone} at={plan.endAt} onChange={(endAt) => onChange({ endAt })} />
        </SimpleGrid>
      </Stack>
    </section>
  );
}

/** Days with their hours; where those are finer than one span a day they are written. */
function Week({ hours, onChange }: { readonly hours: string; readonly onChange: (hours: string) => void }) {
  const { t } = useTranslation();
  const [week, setWeek] = useState(() => weekOf(hours));
  if (week === null)
    return (
      <TextInput
        id="plan-hours"
        required
        label={t('campaigns.plan.hours')}
        description={t('campaigns.plan.hoursHint')}
        value={hours}
        onChange={({ currentTarget: { value } }) => onChange(value)}
      />
    );
  const set = (place: number, day: Day): void => {
    const next = week.map((one, index) => (index === place ? day : one));
    setWeek(next);
    const written = hoursOf(next);
    if (written !== undefined) onChange(written);
  };
  const dayName = new Intl.DateTimeFormat(currentLanguage(), { weekday: 'long', timeZone: 'UTC' });
  return (
    <fieldset id="plan-hours" tabIndex={-1} style={{ border: 0, margin: 0, padding: 0 }}>
      <Text component="legend" size="sm" fw={500}>
        {t('campaigns.plan.hours')}
      </Text>
      <Stack gap={6}>
        {week.map((day, place) => {
          const name = dayName.format(MONDAY + place * DAY_MS);
          return (
            <Group key={name} gap="sm" data-day={place + 1}>
              <Checkbox
                w={{ base: '100%', xs: 130 }}
                label={name}
                checked={day !== null}
                onChange={({ currentTarget: { checked } }) => set(place, checked ? usualDay() : null)}
              />
              {day === null ? (
                <Text size="sm" c="dimmed">
                  {t('campaigns.plan.closed')}
                </Text>
              ) : (
                <>
                  {(['from', 'to'] as const).map((end) => (
                    <TextInput
                      key={end}
                      type="time"
                      required
                      aria-label={t(`campaigns.plan.${end}`, { day: name })}
                      value={day[end]}
                      onChange={({ currentTarget: { value } }) => set(place, { ...day, [end]: value })}
                    />
                  ))}
                  {day.from < day.to ? null : (
                    <Text size="sm" c="var(--mantine-color-error)" role="alert">
                      {t('campaigns.plan.wrongSpan')}
                    </Text>
                  )}
                </>
              )}
            </Group>
          );
        })}
        <Group>
          <Button size="xs" variant="default" onClick={() => setWeek(null)}>
            {t('campaigns.plan.write')}
          </Button>
        </Group>
      </Stack>
    </fieldset>
  );
}

interface MomentProps {
  readonly label: string;
  readonly zone: string;
  readonly at: number | null;
  readonly onChange: (at: number | null) => void;
}

/** A moment on the clocks of the campaign's zone; empty: none. */
function Moment({ label, zone, at, onChange }: MomentProps) {
  const here = isZone(zone) ? zone : 'UTC';
  const shown = at === null ? '' : new Date(at + zoneOffset(here, at)).toISOString().slice(0, 16);
  return (
    <TextInput
      type="datetime-local"
      label={label}
      value={shown}
      onChange={({ currentTarget: { value } }) => onChange(value === '' ? null : (instantIn(here, value) ?? null))}
    />
  );
}
