import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askEmergency, liftEmergency, setEmergency } from '../api/campaigns.ts';
import { Icon } from '../icons.tsx';
import { Confirm } from '../shared/confirm.tsx';
import { whenText } from '../shared/dates.ts';
import { Fault } from '../shared/fault.tsx';
import { useDeed } from '../shared/use-deed.ts';

const REFRESH_MS = 5000;

/** Whether everything stands still; told on every page of campaigns. */
export function EmergencyNotice() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [lifting, setLifting] = useState(false);
  const { data: stop } = useQuery({ queryKey: ['emergency'], queryFn: askEmergency, refetchInterval: REFRESH_MS });
  if (stop === undefined || stop === null) return null;
  return (
    <>
      <Alert color="red" icon={<Icon name="stop" />} title={t('campaigns.emergency.on')} data-emergency>
        <Group justify="space-between">
          <Text size="sm">
            {t('campaigns.emergency.since', { when: whenText(stop.since), by: stop.by })}
            {stop.reason === '' ? '' : ` ${stop.reason}`}
          </Text>
          <Button variant="default" onClick={() => setLifting(true)}>
            {t('campaigns.emergency.lift')}
          </Button>
        </Group>
      </Alert>
      <Confirm
        opened={lifting}
        title={t('campaigns.emergency.lift')}
        text={t('campaigns.emergency.liftText')}
        action={t('campaigns.emergency.liftNow')}
        onClose={() => setLifting(false)}
        onConfirm={async () => {
          await liftEmergency();
          await queries.invalidateQueries();
        }}
      />
    </>
  );
}

/** Everything stands still at once; asked once more, with the reason. */
export function EmergencyButton() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const deed = useDeed();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const { data: stop } = useQuery({ queryKey: ['emergency'], queryFn: askEmergency, refetchInterval: REFRESH_MS });
  const act = async (): Promise<void> => {
    if (await deed.run(() => setEmergency(reason.trim()))) setAsking(false);
    await queries.invalidateQueries();
  };
  return (
    <>
      <Button color="red" leftSection={<Icon name="stop" />} disabled={stop !== undefined && stop !== null} onClick={() => setAsking(true)}>
        {t('campaigns.emergency.button')}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('campaigns.emergency.title')}
        closeButtonProps={{ 'aria-label': t('flows.close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void act();
          }}
        >
          <Stack>
            <Text>{t('campaigns.emergency.text')}</Text>
            <TextInput
              label={t('campaigns.emergency.reason')}
              maxLength={200}
              value={reason}
              onChange={({ currentTarget: { value } }) => setReason(value)}
            />
            <Fault error={deed.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setAsking(false)}>
                {t('flows.cancel')}
              </Button>
              <Button color="red" type="submit" loading={deed.busy}>
                {t('campaigns.emergency.now')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
